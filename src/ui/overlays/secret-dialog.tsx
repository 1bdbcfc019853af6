"use client";

import { useState } from "react";
import { Button } from "../controls/button";
import { Callout } from "../display/callout";
import { CopyBlock } from "../display/copy-block";
import { Checkbox } from "../forms/checkbox";
import { Dialog } from "./dialog";

export type SecretDialogProps = {
  /** What it is called among others: "Production". */
  name: string;
  /** What it is: "key". */
  kind: string;
  /** The secret as it is put to use, each way under its label: alone, in .env, in a call. */
  blocks: readonly { label: string; text: string }[];
  /** What the person must know beside it: until when the old one works. */
  note?: string;
  onClose: () => void;
};

/** The only sight of a secret. It closes once the person says that it is stored. */
export function SecretDialog({
  name,
  kind,
  blocks,
  note,
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
      title={`Store ${name} now`}
      description={note}
      footer={
        <Button variant="primary" onPress={close}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Callout tone="warning">
          The {kind} is shown this once. Only a hash of it is kept, so nobody
          can show it again.
        </Callout>
        {blocks.map((block) => (
          <CopyBlock key={block.label} {...block} />
        ))}
        <Checkbox
          label={`I have stored this ${kind}`}
          isSelected={isStored}
          onChange={setStored}
          error={
            isAsked && !isStored
              ? `Store the ${kind} first: after this it cannot be seen again.`
              : undefined
          }
        />
      </div>
    </Dialog>
  );
}
