"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { useRead, useRefresh } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { ownSubscriptionsApi } from "@/modules/subscriptions/contract/own";
import { CancelDialog } from "@/modules/subscriptions/ui/cancel-dialog";
import {
  PauseDialog,
  UnpauseDialog,
} from "@/modules/subscriptions/ui/time-dialogs";
import { Button } from "@/ui/controls/button";
import { ChangeDialog } from "@/modules/subscriptions/ui/change-dialog";
import { firstCheckout } from "./first-checkout";
import type { OwnPlanProps } from "./own-plan";
import { PreviewBox } from "@/modules/subscriptions/ui/preview-box";

/** `?show=subscribe|change|pause|unpause|cancel`, and `id` what is chosen. */
export default function OwnPlanDialogs(props: OwnPlanProps) {
  const { subscription, plans, mayChoose, mayPause, mayCancel } = props;
  const { show, id, open, close } = useDialogUrl();
  const given = {
    onClose: () => void close(),
    onDone: useDone(useRefresh()),
  };
  if (show === "subscribe" && mayChoose && !subscription && id)
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
  const isRunning = ["active", "trialing"].includes(subscription.status);
  if (show === "cancel" && mayCancel)
    return (
      <CancelDialog
        subscription={subscription}
        instead={
          <>
            {mayPause && isRunning ? (
              <Button onPress={() => void open("pause")}>Pause instead</Button>
            ) : null}
            {mayChoose && isRunning && plans.length > 1 ? (
              <Button onPress={() => void open("change")}>
                Change plan instead
              </Button>
            ) : null}
          </>
        }
        {...given}
      />
    );
  if (show === "pause" && mayPause)
    return <PauseDialog subscription={subscription} {...given} />;
  if (show === "unpause" && mayPause)
    return <UnpauseDialog subscription={subscription} {...given} />;
  if (show !== "change" || !mayChoose) return null;
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
    const made = await call(ownSubscriptionsApi.subscribe, { body });
    const url = await firstCheckout(made).catch(() => null);
    if (url) return enter(url);
    await onDone();
    toast.success(
      made.status === "incomplete"
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
