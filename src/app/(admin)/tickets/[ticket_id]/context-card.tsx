"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { TicketContext } from "./load-context";

const ContextDialogs = dynamic(() => import("./context-dialogs"), {
  ssr: false,
});

export type ContextCardProps = {
  context: TicketContext;
  /** What the viewer's role may do about it. */
  allowed: { credit: boolean; boost: boolean };
};

/** The customer beside a ticket, with the acts that often solve it. */
export function ContextCard({ context, allowed }: ContextCardProps) {
  const { customer, subscription } = context;
  const { show, open } = useDialogUrl();
  const isTrial = subscription?.status === "trialing";
  return (
    <Card
      title={
        <Link href={`/customers/${customer.id}`} tone="ink">
          {customer.name}
        </Link>
      }
      description={customer.email}
      footer={
        <div className="flex flex-wrap gap-2 py-1">
          {allowed.credit ? (
            <Button size="sm" onPress={() => void open("balance")}>
              Grant credit
            </Button>
          ) : null}
          {allowed.boost ? (
            <Button size="sm" onPress={() => void open("boost")}>
              Boost
            </Button>
          ) : null}
          {allowed.credit && isTrial ? (
            <Button size="sm" onPress={() => void open("extend")}>
              Extend trial
            </Button>
          ) : null}
        </div>
      }
    >
      <div className="flex flex-col gap-4">
        <DescriptionList items={factsOf(context)} />
        <Refusals context={context} />
      </div>
      {show ? <ContextDialogs context={context} allowed={allowed} /> : null}
    </Card>
  );
}

function factsOf({ customer, subscription, invoices }: TicketContext) {
  return [
    { label: "Status", value: <StatusBadge status={customer.status} /> },
    {
      label: "Plan",
      value: subscription ? (
        <span className="inline-flex flex-wrap items-center gap-2">
          <Link href={`/subscriptions/${subscription.id}`}>
            {subscription.plan.name}
          </Link>
          <StatusBadge status={subscription.status} />
        </span>
      ) : null,
    },
    {
      label: "Money due",
      value:
        invoices && invoices.length > 0 ? (
          <ul>
            {invoices.map(({ id, number, due }) => (
              <li key={id} className="flex flex-wrap justify-between gap-2">
                <Link href={`/invoices/${id}`}>{number ?? "Draft"}</Link>
                <Money value={due} />
              </li>
            ))}
          </ul>
        ) : invoices ? (
          "Nothing"
        ) : null,
    },
    { label: "Balance", value: <Money value={customer.balance} /> },
  ];
}

function Refusals({
  context: { customer, refusals },
}: {
  context: TicketContext;
}) {
  if (!refusals) return null;
  return (
    <section aria-label="Last refusals of its keys">
      <h3 className="text-xs text-ink-faint">Last refusals of its keys</h3>
      {refusals.length === 0 ? (
        <p className="mt-1 text-sm">None in the log</p>
      ) : (
        <>
          <ul className="mt-1 flex flex-col gap-1 text-sm">
            {refusals.map(({ id, code, key, occurred_at }) => (
              <li key={id} className="flex flex-wrap justify-between gap-x-2">
                <span className="font-mono text-xs">{code}</span>
                <span className="text-xs text-ink-muted">
                  {key?.name ? `${key.name} · ` : ""}
                  <Time value={occurred_at} format="relative" />
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-1 text-sm">
            <Link
              href={`/usage/events?customer_id=${customer.id}&refused=true`}
            >
              All refusals
            </Link>
          </p>
        </>
      )}
    </section>
  );
}
