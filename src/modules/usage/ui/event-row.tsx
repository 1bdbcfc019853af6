"use client";

import { LifeBuoy } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button";
import { Link } from "@/ui/controls/link";
import { LinkButton } from "@/ui/controls/link-button";
import { Badge } from "@/ui/display/badge";
import { DescriptionList } from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import { countText } from "@/ui/format/number";
import { LogCell, LogRow } from "@/ui/log/log-row";
import type { LoggedEvent } from "../contract/log";
import { dollarText } from "./dollars";
import { codeWords } from "./event-filter-bar";
import type { EventFilterValues } from "./event-filters";

export type EventRowProps = {
  event: LoggedEvent;
  /** May open tickets. */
  mayAsk: boolean;
  /** Narrows the log to what this event has there. */
  onNarrow: (values: EventFilterValues) => void;
};

export const eventHeads = [
  ...["When", "Customer", "Call", "Answer"].map((name) => ({ name })),
  { name: "Cost", isNumeric: true },
];

/** One event: a row of the log; the rest of it opens under it. */
export function EventRow(props: EventRowProps) {
  const { event } = props;
  const { occurred_at, customer, cost, unpriced } = event;
  const isFree = cost === null && !unpriced;
  return (
    <LogRow columns={eventHeads.length} details={<Details {...props} />}>
      <LogCell className="whitespace-nowrap sm:w-44">
        <Time value={occurred_at} className="text-ink-muted max-sm:text-xs" />
      </LogCell>
      <LogCell className="wrap-anywhere sm:py-1.5">
        <Link
          href={`/customers/${customer.id}/usage`}
          tone="ink"
          prefetch={false}
        >
          {customer.name || customer.id}
        </Link>
      </LogCell>
      <LogCell className="wrap-anywhere sm:py-1.5">
        <Call event={event} />
      </LogCell>
      <LogCell className="whitespace-nowrap">
        <Outcome event={event} />
      </LogCell>
      <LogCell
        className={`whitespace-nowrap sm:text-right ${isFree ? "max-sm:hidden" : ""}`}
      >
        <Cost event={event} />
      </LogCell>
    </LogRow>
  );
}

function Call({ event }: { event: LoggedEvent }) {
  const { method, endpoint, provider, model, meter } = event;
  const route = [method, endpoint].filter(Boolean).join(" ");
  const service = [provider, model].filter(Boolean).join(" / ");
  return (
    <>
      {route ? <span className="font-mono text-xs">{route}</span> : null}
      {route && service ? " " : null}
      {service ? <span className="text-ink-muted">{service}</span> : null}
      {route || service ? null : (
        <span className="text-ink-muted">{meter}</span>
      )}
    </>
  );
}

function Outcome({ event }: { event: LoggedEvent }) {
  const { code, status_code: status, duration_ms: ms } = event;
  return (
    <span className="inline-flex items-center gap-2">
      {code ? (
        <Badge tone="warning">{codeWords(code)}</Badge>
      ) : status === null ? (
        <span className="text-ink-faint">–</span>
      ) : (
        <Badge
          tone={
            status >= 500 ? "danger" : status >= 400 ? "warning" : "success"
          }
        >
          {status}
        </Badge>
      )}
      {ms === null ? null : (
        <span className="text-xs text-ink-muted">{countText(ms)} ms</span>
      )}
    </span>
  );
}

function Cost({ event: { cost, unpriced } }: { event: LoggedEvent }) {
  if (unpriced) return <Badge tone="warning">No price</Badge>;
  if (cost === null) return <span className="text-ink-faint">–</span>;
  return <span title={`${cost} USD`}>{dollarText(cost)}</span>;
}

function Details({ event, mayAsk, onNarrow }: EventRowProps) {
  const items: { label: string; value: ReactNode }[] = [
    { label: "Event id", value: <Code>{event.id}</Code> },
    { label: "Received", value: <Time value={event.received_at} /> },
    { label: "Meter", value: event.meter },
    { label: "Key", value: event.key?.name ?? event.key?.id ?? "None" },
    {
      label: "Tokens",
      value: `${countText(event.tokens_input)} in, ${countText(event.tokens_output)} out, ${countText(event.tokens_cached)} cached, ${countText(event.tokens_reasoning)} reasoning`,
    },
    { label: "Quantity", value: String(event.quantity) },
    {
      label: "Cost",
      value: event.cost === null ? "None" : `${event.cost} USD`,
    },
    {
      label: "Properties",
      value:
        Object.keys(event.properties).length === 0 ? (
          "None"
        ) : (
          <Code>{JSON.stringify(event.properties)}</Code>
        ),
    },
  ];
  const narrow = (
    [
      ["customer_id", "customer", event.customer.id],
      ["key_id", "key", event.key?.id],
      ["provider", "provider", event.provider],
      ["model", "model", event.model],
      ["endpoint", "endpoint", event.endpoint],
      ["meter", "meter", event.meter],
    ] as const
  ).filter(([, , value]) => Boolean(value));
  return (
    <div className="flex flex-col gap-3">
      <DescriptionList items={items} />
      <div className="flex flex-wrap gap-2">
        {narrow.map(([name, word, value]) => (
          <Button
            key={name}
            size="sm"
            onPress={() => onNarrow({ [name]: value ?? null })}
          >
            Only this {word}
          </Button>
        ))}
        {mayAsk && event.code ? (
          <LinkButton href={ticketAddress(event)} icon={<LifeBuoy />} size="sm">
            Open a ticket…
          </LinkButton>
        ) : null}
      </div>
    </div>
  );
}

// Where a ticket of the customer begins, about the key and why it was refused.
function ticketAddress({ customer, key, code }: LoggedEvent): string {
  const query = new URLSearchParams({
    show: "new-ticket",
    ...(key && { id: key.id }),
    subject: `Calls are refused: ${code}`,
  });
  return `/customers/${customer.id}/usage?${query.toString()}`;
}

function Code({ children }: { children: string }) {
  return <span className="font-mono text-xs wrap-anywhere">{children}</span>;
}
