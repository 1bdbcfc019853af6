"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { relativeText } from "@/ui/format/time";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { identityApi, type ServiceToken } from "../contract";

export type RevokeTokenDialogProps = {
  token: ServiceToken;
  onClose: () => void;
  onRevoked: () => Promise<void>;
};

/** Revokes a service token for good. */
export function RevokeTokenDialog({
  token,
  onClose,
  onRevoked,
}: RevokeTokenDialogProps) {
  const confirm = useConfirm(async () => {
    const params = { token_id: token.id };
    await call(identityApi.revokeServiceToken, { params });
    await onRevoked();
  });
  const { last_used_at: used } = token;
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Revoke ${token.name}?`}
      description={
        used
          ? `${token.prefix}… was last used ${relativeText(new Date(used), new Date())}.`
          : `${token.prefix}… was never used.`
      }
      consequences={[
        "The program that uses it is refused from its next call on.",
        "This cannot be undone. Issue another token and put it in place first.",
      ]}
      confirmLabel="Revoke token"
      {...confirm}
    />
  );
}
