"use client";

import { Bell, Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Link } from "@/ui/controls/link";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";
import { toast } from "@/ui/display/toaster";
import type { Alert } from "../contract";
import { alertWords, kindWords } from "./alert-words";

export type AlertListProps = {
  alerts: readonly Alert[];
  /** Names the list. */
  label: string;
  /** Says whose each is, and leads to it: for the team. */
  withCustomer?: boolean;
  /** More of what to do about some, by their ids: which plan would do. */
  more?: Readonly<Record<string, string>>;
};

/** Alerts, the newest first, each to be marked as read. */
export function AlertList({
  alerts,
  label,
  withCustomer,
  more = {},
}: AlertListProps) {
  return (
    <ul aria-label={label} className="divide-y">
      {alerts.map((alert) => (
        <AlertLine
          key={alert.id}
          alert={alert}
          withCustomer={withCustomer}
          more={more[alert.id]}
        />
      ))}
    </ul>
  );
}

type LineProps = {
  alert: Alert;
  withCustomer?: boolean | undefined;
  more?: string | undefined;
};

function AlertLine({ alert, withCustomer, more }: LineProps) {
  const { title, detail } = alertWords(alert);
  const isOpen = alert.recovered_at === null;
  const isUnread = alert.read_at === null && isOpen;
  const href = hrefOf(alert);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-64 items-start gap-3">
        <span className="flex h-5 items-center">
          <Bell
            aria-hidden
            className={`icon ${isUnread ? "text-warning" : "text-ink-faint"}`}
          />
        </span>
        <div className="min-w-0">
          <p
            className={`text-sm wrap-anywhere ${isUnread ? "font-medium" : ""}`}
          >
            {withCustomer && href ? (
              <Link href={href} tone="ink" prefetch={false}>
                {title}
              </Link>
            ) : (
              title
            )}
          </p>
          <p className="flex flex-wrap gap-x-2 text-xs text-ink-muted">
            {withCustomer && alert.customer ? (
              <span>{alert.customer.name}</span>
            ) : null}
            {detail ? <span>{detail}</span> : null}
            <Time value={alert.created_at} format="relative" />
          </p>
          {isOpen ? <Advice alert={alert} more={more} /> : null}
        </div>
      </div>
      <div className="flex items-center gap-2">
        <Badge>{kindWords[alert.kind]}</Badge>
        <State alert={alert} />
        {isUnread ? <ReadButton alert={alert} /> : null}
      </div>
    </li>
  );
}

function Advice({ alert, more }: { alert: Alert; more: string | undefined }) {
  const { text, href } = alert.recommendation;
  const words = more ? `${text} ${more}` : text;
  return (
    <p className="pt-1 text-xs text-ink-muted">
      {href ? (
        <Link href={href} prefetch={false}>
          {words}
        </Link>
      ) : (
        words
      )}
    </p>
  );
}

function State({ alert: { recovered_at, kind, threshold } }: LineProps) {
  if (recovered_at !== null) return <Badge tone="success">Recovered</Badge>;
  const isOver = kind === "threshold" && threshold >= 100;
  return <Badge tone={isOver ? "danger" : "warning"}>Open</Badge>;
}

function ReadButton({ alert }: LineProps) {
  const router = useRouter();
  const [isPending, setPending] = useState(false);
  async function read() {
    setPending(true);
    try {
      // The contract comes with the first press, not with the page.
      const [{ call }, { alertsApi }] = await Promise.all([
        import("@/client/call"),
        import("../contract"),
      ]);
      await call(alertsApi.read, { params: { alert_id: alert.id } });
      router.refresh();
    } catch (error) {
      const description = failureOf(error).message;
      toast.error("The alert was not marked", { description });
    }
    setPending(false);
  }
  return (
    <Button
      size="sm"
      icon={<Check />}
      isPending={isPending}
      onPress={() => void read()}
    >
      Mark read
    </Button>
  );
}

function hrefOf({ customer, kind, provider, model }: Alert): string | null {
  if (kind === "unpriced") {
    const query = new URLSearchParams({ unpriced: "true" });
    if (provider) query.set("provider", provider);
    if (model) query.set("model", model);
    return `/usage/events?${query}`;
  }
  return customer && `/customers/${customer.id}/usage`;
}
