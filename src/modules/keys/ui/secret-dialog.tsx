"use client";

import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { CopyBlock } from "@/ui/display/copy-block";
import { Checkbox } from "@/ui/forms/checkbox";
import { Dialog } from "@/ui/overlays/dialog";
import type { IssuedKey } from "../contract";

export type SecretDialogProps = {
  issued: IssuedKey;
  /** What the person must know beside the key: until when the old one works. */
  note?: string;
  /** Adds the call by which a program of the seller's checks the key. */
  withCheck?: boolean;
  onClose: () => void;
};

/** The only sight of a key's secret. It closes once the person says that it is stored. */
export function SecretDialog({
  issued,
  note,
  withCheck = true,
  onClose,
}: SecretDialogProps) {
  const [isStored, setStored] = useState(false);
  const [isAsked, setAsked] = useState(false);
  function close() {
    if (isStored) onClose();
    else setAsked(true);
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={`Store ${issued.name} now`}
      description={note}
      footer={
        <Button variant="primary" onPress={close}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Callout tone="warning">
          The key is shown this once. Only a hash of it is kept, so nobody can
          show it again.
        </Callout>
        <CopyBlock label="API key" text={issued.key} />
        <CopyBlock label=".env" text={`API_KEY=${issued.key}`} />
        {withCheck ? (
          <CopyBlock label="cURL" text={curlOf(issued.key)} />
        ) : null}
        <Checkbox
          label="I have stored this key"
          isSelected={isStored}
          onChange={setStored}
          error={
            isAsked && !isStored
              ? "Store the key first: after this it cannot be seen again."
              : undefined
          }
        />
      </div>
    </Dialog>
  );
}

function curlOf(key: string): string {
  return [
    `curl ${window.location.origin}/api/v1/check \\`,
    `  -H "Authorization: Bearer $TOLLKEEPER_TOKEN" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"key": "${key}"}'`,
  ].join("\n");
}
