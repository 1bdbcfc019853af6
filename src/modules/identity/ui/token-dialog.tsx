"use client";

import { useState } from "react";
import type { Permission } from "@/shared/permissions";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { CopyBlock } from "@/ui/display/copy-block";
import { Checkbox } from "@/ui/forms/checkbox";
import { Dialog } from "@/ui/overlays/dialog";
import { IssueTokenForm, type IssuedToken } from "./issue-token-form";

export type TokenDialogProps = {
  /** Called when the dialog closes, and told whether a token was issued. */
  onClose: (isIssued: boolean) => void;
};

/** Issues a service token, then shows its secret once. */
export default function TokenDialog({ onClose }: TokenDialogProps) {
  const [issued, setIssued] = useState<IssuedToken>();
  return issued ? (
    <Secret issued={issued} onClose={() => onClose(true)} />
  ) : (
    <IssueTokenForm onIssued={setIssued} onClose={() => onClose(false)} />
  );
}

type SecretProps = { issued: IssuedToken; onClose: () => void };

function Secret({ issued, onClose }: SecretProps) {
  const [isStored, setStored] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const { token, name, scopes } = issued;
  const curl = curlOf(scopes);
  function close() {
    if (isStored) onClose();
    else setAsked(true);
  }
  return (
    <Dialog
      isOpen
      onOpenChange={close}
      title={`Store ${name} now`}
      footer={
        <Button variant="primary" onPress={close}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Callout tone="warning">
          The token is shown this once. Only a hash of it is kept, so nobody can
          show it again.
        </Callout>
        <CopyBlock label="Service token" text={token} />
        <CopyBlock label=".env" text={`TOLLKEEPER_TOKEN=${token}`} />
        {curl ? <CopyBlock label="cURL" text={curl} /> : null}
        <Checkbox
          label="I have stored this token"
          isSelected={isStored}
          onChange={setStored}
          error={
            isAsked && !isStored
              ? "Store the token first: after this it cannot be seen again."
              : undefined
          }
        />
      </div>
    </Dialog>
  );
}

const reads: Partial<Record<Permission, string>> = {
  "customers:read": "customers",
  "keys:read": "keys",
  "reports:read": "reports/overview",
  "audit:read": "audit-log",
};

/** A call that the token may make; null when it may make none of the simple ones. */
function curlOf(scopes: readonly Permission[]): string | null {
  const api = `${window.location.origin}/api/v1`;
  const bearer = `-H "Authorization: Bearer $TOLLKEEPER_TOKEN"`;
  if (scopes.includes("access:check"))
    return [
      `curl ${api}/check \\`,
      `  ${bearer} \\`,
      `  -H "Content-Type: application/json" \\`,
      `  -d '{"key": "sk_live_…"}'`,
    ].join("\n");
  const path = scopes.map((scope) => reads[scope]).find(Boolean);
  return path ? `curl ${api}/${path} \\\n  ${bearer}` : null;
}
