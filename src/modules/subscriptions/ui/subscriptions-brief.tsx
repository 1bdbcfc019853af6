"use client";

import { useRead } from "@/client/query";
import { Link } from "@/ui/controls/link";
import { Brief, BriefLine, shownAtMost } from "@/ui/display/brief";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { subscriptionsApi, type Subscription } from "../contract";

/** A customer's newest subscriptions in short. */
export function SubscriptionsBrief({ customerId }: { customerId: string }) {
  const read = useRead(subscriptionsApi.listOfCustomer, {
    params: { customer_id: customerId },
    query: { per_page: shownAtMost },
  });
  return (
    <Brief
      read={read}
      what="Subscriptions"
      empty="This customer has no subscriptions."
    >
      {(subscriptions) => (
        <ul className="divide-y">
          {subscriptions.map((one) => (
            <Line key={one.id} subscription={one} />
          ))}
        </ul>
      )}
    </Brief>
  );
}

function Line({ subscription }: { subscription: Subscription }) {
  const { id, plan, quantity, amount, interval, status } = subscription;
  const { current_period_end, ended_at } = subscription;
  return (
    <BriefLine
      name={
        <Link href={`/subscriptions/${id}`}>
          {quantity === 1 ? plan.name : `${plan.name} × ${quantity}`}
        </Link>
      }
      facts={
        <>
          {ended_at ? "ended " : "period ends "}
          <Time value={ended_at ?? current_period_end} format="date" />
        </>
      }
    >
      <span>
        <Money value={amount} /> {interval === "year" ? "a year" : "a month"}
      </span>
      <StatusBadge status={status} />
    </BriefLine>
  );
}
