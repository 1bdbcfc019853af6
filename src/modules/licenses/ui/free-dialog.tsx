"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import type { License } from "../contract";
import { activationsApi, type Activation } from "../contract/activations";

export type FreeDialogProps = {
  license: License;
  activation: Activation;
  /** Held to the churn limit. */
  isOwn: boolean;
  onClose: () => Promise<void>;
};

/** Asks before a place that a license is used in is freed. */
export default function FreeDialog({
  license,
  activation,
  isOwn,
  onClose,
}: FreeDialogProps) {
  const done = useDone();
  const name = activation.name ?? activation.identifier;
  const { churn_limit: churn } = license;
  const isCounted = isOwn && churn !== null && activation.expires_at === null;
  const confirm = useConfirm(async () => {
    await call(activationsApi.free, {
      params: { license_id: license.id, activation_id: activation.id },
    });
    await done();
    toast.success(`${name} is free`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => void onClose()}
      title={`Free ${name}?`}
      description={`A ${activation.kind} of ${license.name}`}
      consequences={[
        `The license is not valid there any more, unless it is activated again.`,
        `Its place can be taken by another ${activation.kind}.`,
        ...(isCounted
          ? [`You may free ${churn} in 30 days; this is one of them.`]
          : []),
      ]}
      confirmLabel={`Free ${activation.kind}`}
      {...confirm}
    />
  );
}
