"use client";

import { useState } from "react";
import type { Permission } from "@/shared/permissions";
import { SecretDialog } from "@/ui/overlays/secret-dialog";
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
  const { token, name, scopes } = issued;
  const curl = curlOf(scopes);
  return (
    <SecretDialog
      name={name}
      kind="token"
      blocks={[
        { label: "Service token", text: token },
        { label: ".env", text: `TOLLKEEPER_TOKEN=${token}` },
        ...(curl ? [{ label: "cURL", text: curl }] : []),
      ]}
      onClose={onClose}
    />
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
