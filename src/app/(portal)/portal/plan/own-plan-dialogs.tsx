"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useRead, useRefresh } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";
import { CancelDialog } from "@/modules/subscriptions/ui/cancel-dialog";
import { ChangeDialog } from "@/modules/subscriptions/ui/change-dialog";
import type { OwnPlanProps } from "./own-plan";
import { PreviewBox } from "@/modules/subscriptions/ui/preview-box";

/** `?show=subscribe|change|cancel`, and `id` what is chosen. */
export default function OwnPlanDialogs({ subscription, plans }: OwnPlanProps) {
  const { show, id, close } = useDialogUrl();
  const refresh = useRefresh();
  const given = {
    onClose: () => void close(),
    onDone: async () => {
      await close();
      refresh();
    },
  };
  if (show === "subscribe" && !subscription && id)
    return (
      <SubscribeDialog
        chosen={id}
        name={
          plans.find(({ version_id }) => id.startsWith(version_id))?.name ??
          "this plan"
        }
        {...given}
      />
    );
  if (!subscription) return null;
  if (show === "cancel")
    return <CancelDialog subscription={subscription} {...given} />;
  if (show !== "change") return null;
  return (
    <ChangeDialog
      subscription={subscription}
      offers={plans}
      chosen={id}
      {...given}
    />
  );
}

function SubscribeDialog({
  chosen,
  name,
  onClose,
  onDone,
}: {
  /** the version and the interval */
  chosen: string;
  name: string;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const [coupon, setCoupon] = useState("");
  const [plan_version_id = "", interval] = chosen.split(" ");
  const body = {
    plan_version_id,
    interval: interval === "year" ? ("year" as const) : ("month" as const),
    ...(coupon.trim() && { coupon: coupon.trim() }),
  };
  const read = useRead(
    ownSubscriptionsApi.preview,
    { body },
    { keepPrevious: true },
  );
  const confirm = useConfirm(async () => {
    const { status } = await call(ownSubscriptionsApi.subscribe, { body });
    await onDone();
    toast.success(
      status === "incomplete"
        ? "Almost there: pay the first invoice"
        : `You are on ${name}`,
    );
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Subscribe to ${name}`}
      tone="primary"
      confirmLabel="Subscribe"
      {...confirm}
    >
      <TextField
        label="Coupon"
        isOptional
        mono
        autoComplete="off"
        value={coupon}
        onChange={setCoupon}
      />
      <PreviewBox read={read} />
    </ConfirmDialog>
  );
}
