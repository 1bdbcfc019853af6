"use client";

import { SecretDialog } from "@/ui/overlays/secret-dialog";
import type { IssuedKey } from "../contract";

export type KeySecretDialogProps = {
  issued: Pick<IssuedKey, "name" | "key">;
  /** What the person must know beside the key: until when the old one works. */
  note?: string;
  /** Adds the call by which a program of the seller's checks the key. */
  withCheck?: boolean;
  /** The call by which a customer tries it, with {key} for the key. */
  firstCall?: string | null | undefined;
  onClose: () => void;
};

/** Shows a key's secret once. */
export function KeySecretDialog({
  issued: { name, key },
  withCheck = true,
  firstCall,
  ...rest
}: KeySecretDialogProps) {
  return (
    <SecretDialog
      name={name}
      kind="key"
      blocks={[
        { label: "API key", text: key },
        { label: ".env", text: `API_KEY=${key}` },
        ...(withCheck ? [{ label: "cURL", text: curlOf(key) }] : []),
        ...(firstCall
          ? [{ label: "cURL", text: firstCall.replaceAll("{key}", key) }]
          : []),
      ]}
      {...rest}
    />
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
