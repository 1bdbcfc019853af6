"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { subscriptionsApi } from "../contract";
import type { VerbDialogProps } from "./change-dialog";
import { PreviewBox } from "./preview-box";

/** No access and no bills, until a day or until it is unpaused. */
export function PauseDialog({
  subscription,
  onClose,
  onDone,
}: VerbDialogProps) {
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const params = { subscription_id: subscription.id };
  const confirm = useConfirm(async () => {
    const body = { ...(until && { until }), ...(reason.trim() && { reason }) };
    await call(subscriptionsApi.pause, { params, body });
    await onDone();
    toast.success("The subscription is paused");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Pause ${subscription.plan.name}?`}
      consequences={[
        "Calls are refused from now on, and nothing is billed.",
        "When it goes on after its period has ended, a new one begins and is billed.",
      ]}
      tone="primary"
      confirmLabel="Pause"
      {...confirm}
    >
      <InstantField
        label="Goes on"
        isOptional
        description="Left out: when somebody unpauses it."
        value={until}
        onChange={setUntil}
      />
      <TextField
        label="Reason"
        isOptional
        autoComplete="off"
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}

/** Access again, and the bill of a period that begins with it. */
export function UnpauseDialog({
  subscription,
  onClose,
  onDone,
}: VerbDialogProps) {
  const params = { subscription_id: subscription.id };
  const read = useRead(subscriptionsApi.preview, {
    params,
    body: { act: "unpause" },
  });
  const confirm = useConfirm(async () => {
    await call(subscriptionsApi.unpause, { params });
    await onDone();
    toast.success("The subscription goes on");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Go on with ${subscription.plan.name}?`}
      tone="primary"
      confirmLabel="Go on"
      {...confirm}
    >
      <PreviewBox read={read} />
    </ConfirmDialog>
  );
}

/** A later end of the trial. */
export function ExtendDialog({
  subscription,
  onClose,
  onDone,
}: VerbDialogProps) {
  const [until, setUntil] = useState(subscription.trial_end);
  const params = { subscription_id: subscription.id };
  const confirm = useConfirm(async () => {
    if (!until) throw new Error("Choose when the trial ends.");
    await call(subscriptionsApi.extendTrial, { params, body: { until } });
    await onDone();
    toast.success("The trial is extended");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title="Extend the trial"
      description="The first period is billed when it ends."
      tone="primary"
      confirmLabel="Extend trial"
      {...confirm}
    >
      <InstantField label="Ends" isRequired value={until} onChange={setUntil} />
    </ConfirmDialog>
  );
}
