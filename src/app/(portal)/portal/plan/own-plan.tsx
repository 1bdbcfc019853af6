"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { PublicPlan } from "@/modules/plans/contract";
import type { Interval } from "@/modules/plans/contract/terms";
import { PlanCard } from "@/modules/plans/ui/plan-card";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Select } from "@/ui/forms/select";
import type { Subscription } from "@/modules/subscriptions/contract";
import { CurrentPlan } from "./current-plan";

const OwnPlanDialogs = dynamic(() => import("./own-plan-dialogs"), {
  ssr: false,
});

export type OwnPlanProps = {
  /** What the customer has; null without a subscription. */
  subscription: Subscription | null;
  plans: readonly PublicPlan[];
  currency: string;
  mayChoose: boolean;
  mayPause: boolean;
  mayCancel: boolean;
};

/** The plan one has, and the ones to choose from. */
export function OwnPlan(props: OwnPlanProps) {
  const { subscription, plans, currency } = props;
  const { show, open } = useDialogUrl();
  const [interval, setInterval] = useState<Interval>(
    subscription?.interval ?? "month",
  );
  const isSold = (every: Interval) =>
    plans.some(({ prices }) =>
      prices.some(
        (one) => one.interval === every && one.price.currency === currency,
      ),
    );
  return (
    <>
      {subscription ? (
        <CurrentPlan {...props} subscription={subscription} />
      ) : null}
      <section aria-label="Plans" className="flex flex-col gap-4">
        {isSold("month") && isSold("year") ? (
          <Select
            label="Paid"
            className="max-w-48"
            options={[
              { id: "month", label: "Monthly" },
              { id: "year", label: "Yearly" },
            ]}
            value={interval}
            onChange={(id) => setInterval(id === "year" ? "year" : "month")}
          />
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {plans.map((plan) => (
            <Offered
              key={plan.id}
              plan={plan}
              interval={interval}
              {...props}
              onChoose={() =>
                void open(subscription ? "change" : "subscribe", {
                  id: `${plan.version_id} ${interval}`,
                })
              }
            />
          ))}
        </div>
      </section>
      {show ? <OwnPlanDialogs {...props} /> : null}
    </>
  );
}

function Offered({
  plan,
  interval,
  subscription,
  currency,
  mayChoose,
  onChoose,
}: OwnPlanProps & {
  plan: PublicPlan;
  interval: Interval;
  onChoose: () => void;
}) {
  const isOwn =
    subscription?.plan.id === plan.id && subscription.interval === interval;
  const isSold = plan.prices.some(
    (one) => one.interval === interval && one.price.currency === currency,
  );
  const isOpen =
    !subscription || ["active", "trialing"].includes(subscription.status);
  return (
    <PlanCard
      plan={plan}
      currency={currency}
      interval={interval}
      level={2}
      badge={isOwn ? <Badge tone="info">Your plan</Badge> : null}
      action={
        mayChoose && isSold && isOpen && !isOwn ? (
          <Button onPress={onChoose}>Choose {plan.name}</Button>
        ) : null
      }
    />
  );
}
