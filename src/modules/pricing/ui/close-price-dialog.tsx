"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { pricingApi, type Price } from "../contract";
import { priceName, rateLines } from "./price-words";

export type ClosePriceDialogProps = {
  price: Price;
  onClose: () => void;
  onClosed: () => Promise<void> | void;
};

/** Ends a price, now or later; one that has not begun is withdrawn. */
export function ClosePriceDialog({
  price,
  onClose,
  onClosed,
}: ClosePriceDialogProps) {
  const isScheduled = price.status === "scheduled";
  const [at, setAt] = useState<string | null>(null);
  const confirm = useConfirm(async () => {
    await call(pricingApi.close, {
      params: { price_id: price.id },
      body: at ? { effective_to: at } : {},
    });
    await onClosed();
    const end = isScheduled ? "is withdrawn" : at ? "will end" : "has ended";
    toast.success(`The price of ${priceName(price)} ${end}`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`${isScheduled ? "Withdraw" : "Close"} the price of ${priceName(price)}?`}
      description={rateLines(price).join(" · ")}
      consequences={isScheduled ? whenWithdrawn : whenClosed}
      confirmLabel={isScheduled ? "Withdraw price" : "Close price"}
      {...confirm}
    >
      {isScheduled ? null : (
        <InstantField
          label="Ends"
          description="Empty: now."
          value={at}
          onChange={setAt}
        />
      )}
    </ConfirmDialog>
  );
}

const whenClosed = [
  "Usage from then on has no price, unless another one fits: it is flagged as unpriced.",
  "What was used before keeps its price.",
  "For another price, change it instead.",
];

const whenWithdrawn = [
  "It never comes into force.",
  "The price that it would have replaced goes on.",
];
