"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useRead } from "@/client/query";
import { useConfirm } from "@/client/use-confirm";
import type { Interval } from "@/modules/plans/contract/terms";
import { toast } from "@/ui/display/toaster";
import { formatMoney } from "@/shared/money";
import { NumberField } from "@/ui/forms/number-field";
import { Select } from "@/ui/forms/select";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { subscriptionsApi, type Subscription } from "../contract";
import { PreviewBox } from "./preview-box";
import { intervalNames } from "./subscription-words";
import type { Offer } from "./use-offers";

export type VerbDialogProps = {
  subscription: Subscription;
  onClose: () => void;
  onDone: () => Promise<void>;
};

const whens = [
  { id: "default", label: "What costs more now, what costs less later" },
  { id: "now", label: "Now" },
  { id: "period_end", label: "When the period ends" },
];

/** Another plan, interval or quantity, with the money before anything is done. */
export function ChangeDialog({
  subscription,
  offers,
  chosen: given,
  withWhen,
  onClose,
  onDone,
}: VerbDialogProps & {
  offers: readonly Offer[];
  /** What is chosen as it opens. */
  chosen?: string | null;
  /** Whether one may say when it begins. */
  withWhen?: boolean;
}) {
  const { quantity: has, unit_amount } = subscription;
  const own = `${subscription.plan_version_id} ${subscription.interval}`;
  const [chosen, setChosen] = useState(given ?? own);
  const [quantity, setQuantity] = useState(has);
  const [when, setWhen] = useState("default");
  const options = optionsOf(offers, unit_amount.currency, subscription);
  const [plan_version_id = "", interval] = chosen.split(" ");
  const body = {
    ...(chosen !== own && { plan_version_id, interval: toInterval(interval) }),
    ...(quantity !== has && quantity >= 1 && { quantity }),
    ...(when !== "default" && {
      when: when === "now" ? ("now" as const) : ("period_end" as const),
    }),
  };
  const isChanged = chosen !== own || (quantity !== has && quantity >= 1);
  const params = { subscription_id: subscription.id };
  const read = useRead(
    subscriptionsApi.preview,
    { params, body: { act: "change", ...body } },
    { enabled: isChanged, keepPrevious: true },
  );
  const confirm = useConfirm(async () => {
    const at = read.data?.at;
    if (!isChanged || !at)
      throw new Error("Choose another plan or quantity first.");
    await call(subscriptionsApi.change, { params, body: { ...body, at } });
    await onDone();
    toast.success("The plan is changed");
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Change ${subscription.plan.name}`}
      tone="primary"
      confirmLabel="Change plan"
      {...confirm}
    >
      <Select
        label="Plan"
        options={options}
        value={chosen}
        onChange={setChosen}
      />
      <NumberField
        label="Quantity"
        value={quantity}
        minValue={1}
        maxValue={100_000}
        onChange={setQuantity}
      />
      {withWhen ? (
        <Select
          label="Begins"
          options={whens}
          value={when}
          onChange={setWhen}
        />
      ) : null}
      {isChanged ? <PreviewBox read={read} /> : null}
    </ConfirmDialog>
  );
}

function optionsOf(
  offers: readonly Offer[],
  currency: string,
  { plan_version_id, plan, interval, unit_amount }: Subscription,
) {
  const own = {
    id: `${plan_version_id} ${interval}`,
    label: `${plan.name}, ${formatMoney(unit_amount)} ${intervalNames[interval]} (as it is)`,
  };
  const others = offers.flatMap(({ version_id, name, prices }) =>
    prices
      .filter(({ price }) => price.currency === currency)
      .map(({ price, interval: every }) => ({
        id: `${version_id} ${every}`,
        label: `${name}, ${formatMoney(price)} ${intervalNames[every]}`,
      })),
  );
  return [own, ...others.filter(({ id }) => id !== own.id)];
}

const toInterval = (text: string | undefined): Interval =>
  text === "year" ? "year" : "month";
