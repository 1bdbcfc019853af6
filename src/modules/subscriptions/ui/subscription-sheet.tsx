import type { ReactNode } from "react";
import { Link } from "@/ui/controls/link";
import { Callout } from "@/ui/display/callout";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Subscription, SubscriptionChange } from "../contract";
import { changeWords, priceWords, termsWords } from "./subscription-words";

/** A subscription as it stands. */
export function SubscriptionSheet({
  subscription: sub,
}: {
  subscription: Subscription;
}) {
  return (
    <Card title="Summary">
      <DescriptionList
        look="grid"
        items={[
          { label: "Price", value: priceWords(sub) },
          {
            label: "Period",
            value: (
              <>
                <Time value={sub.current_period_start} format="date" />
                {" – "}
                <Time value={sub.current_period_end} format="date" />
              </>
            ),
          },
          { label: "Access", value: sub.has_access ? "Yes" : "No" },
          {
            label: "Payment",
            value:
              sub.provider === "manual"
                ? "By invoice"
                : `Charged by ${sub.provider}`,
          },
          {
            label: "Trial ends",
            value: <Time value={sub.trial_end} empty="No trial" />,
          },
          { label: "Time zone", value: sub.time_zone },
          {
            label: "To be paid by",
            value: <Time value={sub.payment_due_at} empty="Nothing is due" />,
          },
          {
            label: "Ended",
            value: <Time value={sub.ended_at} empty="Not yet" />,
          },
        ]}
      />
    </Card>
  );
}

/** What its reader must know of it: that it ends, pauses, changes, or is not paid. */
export function SubscriptionNotices({
  subscription: sub,
  action,
}: {
  subscription: Subscription;
  /** A button beside what is scheduled. */
  action?: ReactNode;
}) {
  return (
    <>
      {sub.cancel_at ? (
        <Callout tone="warning">
          It ends on <Time value={sub.cancel_at} format="date" />.
        </Callout>
      ) : null}
      {sub.scheduled_change?.after ? (
        <Callout action={action}>
          On <Time value={sub.scheduled_change.effective_at} format="date" /> it
          changes to {termsWords(sub.scheduled_change.after)}.
        </Callout>
      ) : null}
      {sub.status === "past_due" ? (
        <Callout tone="danger" title="A payment is due">
          {sub.has_access ? (
            <>
              Access ends on <Time value={sub.grace_until} format="date" />{" "}
              unless it is paid.
            </>
          ) : (
            "Access has ended until it is paid."
          )}
        </Callout>
      ) : null}
      {sub.status === "unpaid" ? (
        <Callout tone="danger" title="It was not paid">
          Access is back once all open invoices are paid.
        </Callout>
      ) : null}
      {sub.status === "incomplete" ? (
        <Callout tone="warning" title="It waits for its first payment">
          It expires on <Time value={sub.payment_due_at} /> without it.
        </Callout>
      ) : null}
      {sub.status === "paused" ? (
        <Callout tone="warning">
          It is paused
          {sub.resumes_at ? (
            <>
              {" "}
              until <Time value={sub.resumes_at} format="date" />
            </>
          ) : null}
          .
        </Callout>
      ) : null}
    </>
  );
}

/** What was and will be changed about it, the newest first. */
export function SubscriptionTimeline({
  changes,
  invoicesAt,
}: {
  changes: readonly SubscriptionChange[];
  /** The path under which invoices are shown, if they are. */
  invoicesAt?: string;
}) {
  return (
    <Card title="Timeline" flush>
      <ol className="divide-y">
        {changes.map((change) => (
          <li
            key={change.id}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3 text-sm"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {changeWords[change.kind]}
                {change.status === "applied" ? null : (
                  <StatusBadge status={change.status} />
                )}
              </p>
              <p className="break-words text-ink-muted">{about(change)}</p>
            </div>
            <div className="flex flex-col items-end gap-1 text-right text-ink-muted">
              <Time value={change.effective_at} />
              {change.money && change.invoice_id ? (
                invoicesAt ? (
                  <Link href={`${invoicesAt}${change.invoice_id}`}>
                    <Money value={change.money.total} />
                  </Link>
                ) : (
                  <Money value={change.money.total} />
                )
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function about({ after, before, reason, kind }: SubscriptionChange): string {
  const terms = after ? termsWords(after) : null;
  const from =
    kind === "change" && before ? `, from ${termsWords(before)}` : "";
  return [terms && `${terms}${from}`, reason].filter(Boolean).join(" · ");
}
