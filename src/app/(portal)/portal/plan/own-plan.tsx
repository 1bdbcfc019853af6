"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { PublicPlan } from "@/modules/plans/contract";
import type { Interval } from "@/modules/plans/contract/terms";
import { PlanCard } from "@/modules/plans/ui/plan-card";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { Select } from "@/ui/forms/select";
import type { Subscription } from "@/modules/subscriptions/contract";
import { priceWords } from "@/modules/subscriptions/ui/subscription-words";

const OwnPlanDialogs = dynamic(() => import("./own-plan-dialogs"), {
  ssr: false,
});

export type OwnPlanProps = {
  /** What the customer has; null without a subscription. */
  subscription: Subscription | null;
  plans: readonly PublicPlan[];
  currency: string;
  mayWrite: boolean;
};

/** The plan one has, and the ones to choose from. */
export function OwnPlan(props: OwnPlanProps) {
  const { subscription, plans, currency, mayWrite } = props;
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
        <Current subscription={subscription} mayWrite={mayWrite} />
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
      {show && mayWrite ? <OwnPlanDialogs {...props} /> : null}
    </>
  );
}

function Offered({
  plan,
  interval,
  subscription,
  currency,
  mayWrite,
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
  const mayChoose =
    !subscription || ["active", "trialing"].includes(subscription.status);
  return (
    <PlanCard
      plan={plan}
      currency={currency}
      interval={interval}
      level={2}
      badge={isOwn ? <Badge tone="info">Your plan</Badge> : null}
      action={
        mayWrite && isSold && mayChoose && !isOwn ? (
          <Button onPress={onChoose}>Choose {plan.name}</Button>
        ) : null
      }
    />
  );
}

function Current({
  subscription,
  mayWrite,
}: {
  subscription: Subscription;
  mayWrite: boolean;
}) {
  const { open } = useDialogUrl();
  const { act, isPending } = useAct();
  const resume = async () => {
    const acts = await import("@/modules/subscriptions/ui/subscription-acts");
    return acts.resume(subscription.id);
  };
  const { cancel_at, is_billed_by_provider } = subscription;
  const button = cancel_at ? (
    <Button
      isPending={isPending}
      onPress={() =>
        void act(resume, {
          done: "Your plan goes on",
          failed: "It was not resumed",
        })
      }
    >
      Resume
    </Button>
  ) : (
    <Button onPress={() => void open("cancel")}>Cancel plan</Button>
  );
  return (
    <Card
      title={subscription.plan.name}
      actions={mayWrite && !is_billed_by_provider ? button : null}
    >
      <DescriptionList
        look="grid"
        items={[
          {
            label: "Status",
            value: <StatusBadge status={subscription.status} />,
          },
          { label: "Price", value: priceWords(subscription) },
          {
            label: cancel_at ? "Ends" : "Next bill",
            value: (
              <Time
                value={cancel_at ?? subscription.current_period_end}
                format="date"
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
