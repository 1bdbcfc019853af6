"use client";

import { useState, type ReactNode } from "react";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import { toast } from "@/ui/display/toaster";
import { RadioGroup } from "@/ui/forms/radio-group";
import { Select } from "@/ui/forms/select";
import { Switch } from "@/ui/forms/switch";
import { TextArea } from "@/ui/forms/text-area";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { cancelReasons, subscriptionsApi, type CancelInput } from "../contract";
import type { VerbDialogProps } from "./change-dialog";
import { PreviewBox } from "./preview-box";
import { reasonWords } from "./subscription-words";

/** Cancel now or when the period ends, with a reason, and the money before it is done. */
export function CancelDialog({
  subscription,
  withCredit,
  instead,
  onClose,
  onDone,
}: VerbDialogProps & {
  /** Whether one may give back what is unused. */
  withCredit?: boolean;
  /** Buttons to what one may do in place of it. */
  instead?: ReactNode;
}) {
  const [when, setWhen] = useState<CancelInput["when"]>("period_end");
  const [reason, setReason] = useState<CancelInput["reason"]>("other");
  const [comment, setComment] = useState("");
  const [credit, setCredit] = useState(false);
  const params = { subscription_id: subscription.id };
  const wanted = {
    ...{ when, reason },
    ...(comment.trim() && { comment }),
    ...(when === "now" && credit && { credit_unused: true }),
  };
  const read = useRead(
    subscriptionsApi.preview,
    { params, body: { act: "cancel", ...wanted, comment: undefined } },
    { keepPrevious: true },
  );
  const confirm = useConfirm(async () => {
    const at = read.data?.at;
    const body = { ...wanted, ...(at && { at }) };
    await call(subscriptionsApi.cancel, { params, body });
    await onDone();
    toast.success(when === "now" ? "Canceled" : "It ends with its period");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Cancel ${subscription.plan.name}?`}
      confirmLabel="Cancel subscription"
      cancelLabel="Keep it"
      alternative={instead}
      {...confirm}
    >
      <RadioGroup
        label="When"
        options={[
          {
            id: "period_end",
            label: "When the period ends",
            description: "Access goes on until then. It can be resumed.",
          },
          {
            id: "now",
            label: "Now",
            description: "Access ends at once.",
          },
        ]}
        value={when}
        onChange={(id) => setWhen(id === "now" ? "now" : "period_end")}
      />
      <Select
        label="Reason"
        options={cancelReasons
          .filter((id) => id !== "not_paid")
          .map((id) => ({ id, label: reasonWords[id] }))}
        value={reason}
        onChange={(id) =>
          setReason(cancelReasons.find((one) => one === id) ?? "other")
        }
      />
      <TextArea
        label="Comment"
        isOptional
        rows={2}
        value={comment}
        onChange={setComment}
      />
      {withCredit && when === "now" ? (
        <Switch
          label="Give back what is unused as credit"
          isSelected={credit}
          onChange={setCredit}
        />
      ) : null}
      <PreviewBox read={read} />
    </ConfirmDialog>
  );
}
