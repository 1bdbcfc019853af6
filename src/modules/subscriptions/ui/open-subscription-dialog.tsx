"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import { toast } from "@/ui/display/toaster";
import { formatMoney } from "@/shared/money";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { subscriptionsApi, type SubscriptionInput } from "../contract";
import { PreviewBox } from "./preview-box";
import { intervalNames } from "./subscription-words";
import { useOffers, type Offer } from "./use-offers";

const providers = [
  { id: "manual", label: "Send invoices" },
  { id: "stripe", label: "Charge by Stripe" },
  { id: "sandbox", label: "Charge by the sandbox" },
];

/** A plan for a customer, with the money before anything is written. */
export function OpenSubscriptionDialog({
  customer,
  onClose,
  onDone,
}: {
  customer: { id: string; name: string; currency: string };
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const offers = useOffers();
  const [chosen, setChosen] = useState<string | null>(null);
  const [quantity, setQuantity] = useState(1);
  const [trial, setTrial] = useState<number>(Number.NaN);
  const [coupon, setCoupon] = useState("");
  const [provider, setProvider] = useState("manual");
  const [plan_version_id = "", interval, currency] = (chosen ?? "").split(" ");
  const body: SubscriptionInput = {
    ...{ customer_id: customer.id, plan_version_id, metadata: {} },
    interval: interval === "year" ? "year" : "month",
    quantity: quantity >= 1 ? quantity : 1,
    ...(currency && { currency }),
    ...(trial >= 0 && { trial_days: trial }),
    ...(coupon.trim() && { coupon: coupon.trim() }),
    provider:
      provider === "stripe" || provider === "sandbox" ? provider : "manual",
  };
  const read = useRead(
    subscriptionsApi.previewOpen,
    { body },
    { enabled: chosen !== null, keepPrevious: true },
  );
  const confirm = useConfirm(async () => {
    if (!chosen) throw new Error("Choose a plan first.");
    await call(subscriptionsApi.open, { body });
    await onDone();
    toast.success("The subscription is open");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Add a subscription of ${customer.name}`}
      tone="primary"
      confirmLabel="Add subscription"
      {...confirm}
    >
      <Select
        label="Plan"
        isRequired
        placeholder={offers ? "Choose a plan" : "Loading plans…"}
        options={optionsOf(offers ?? [], customer.currency)}
        value={chosen}
        onChange={setChosen}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          label="Quantity"
          value={quantity}
          minValue={1}
          maxValue={100_000}
          onChange={setQuantity}
        />
        <NumberField
          label="Trial days"
          isOptional
          placeholder="The plan’s"
          value={trial}
          minValue={0}
          maxValue={730}
          onChange={setTrial}
        />
      </div>
      <Select
        label="Payment"
        options={providers}
        value={provider}
        onChange={setProvider}
      />
      <TextField
        label="Coupon"
        isOptional
        mono
        autoComplete="off"
        value={coupon}
        onChange={setCoupon}
      />
      {chosen ? <PreviewBox read={read} /> : null}
    </ConfirmDialog>
  );
}

// Prices in the customer's own currency first.
function optionsOf(offers: readonly Offer[], currency: string) {
  const rank = (code: string) => (code === currency ? 0 : 1);
  return offers
    .flatMap(({ version_id, name, prices }) =>
      prices.map(({ price, interval }) => ({
        id: `${version_id} ${interval} ${price.currency}`,
        label: `${name}, ${formatMoney(price)} ${intervalNames[interval]}`,
        currency: price.currency,
      })),
    )
    .sort((a, b) => rank(a.currency) - rank(b.currency))
    .map(({ id, label }) => ({ id, label }));
}
