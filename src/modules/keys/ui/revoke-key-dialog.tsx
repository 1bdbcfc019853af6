"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { keysApi, type Key } from "../contract";
import { maskedKey } from "./key-words";

export type RevokeKeyDialogProps = {
  apiKey: Key;
  onClose: () => void;
  onRevoked: () => Promise<void> | void;
};

/** Revokes a key for good. */
export function RevokeKeyDialog({
  apiKey,
  onClose,
  onRevoked,
}: RevokeKeyDialogProps) {
  const confirm = useConfirm(async () => {
    await call(keysApi.revoke, { params: { key_id: apiKey.id } });
    await onRevoked();
    toast.success(`${apiKey.name} revoked`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Revoke ${apiKey.name}?`}
      description={`${maskedKey(apiKey)} of ${apiKey.customer_name}`}
      consequences={[
        "The next call with it is refused, and every one after that.",
        "This cannot be undone. To stop it for a while, disable it instead.",
        "Its usage stays.",
      ]}
      confirmLabel="Revoke key"
      {...confirm}
    />
  );
}
