import type { ReactNode } from "react";
import { Money } from "@/ui/display/money";
import { Time } from "@/ui/display/time";
import type { Preview, Quote } from "../contract";

/** Money that is or will be billed: its lines, and what they come to. */
export function QuoteView({ quote }: { quote: Quote }) {
  const { lines, discount, tax, total, credit_applied, due } = quote;
  const sums = [
    { label: "Discount", value: discount, isShown: discount.amount !== 0 },
    { label: "Tax", value: tax, isShown: tax.amount !== 0 },
    { label: "Total", value: total, isShown: true },
    {
      label: "From credit",
      value: credit_applied,
      isShown: credit_applied.amount !== 0,
    },
    {
      label: "To pay",
      value: due,
      isShown: due.amount !== total.amount && total.amount >= 0,
    },
  ];
  return (
    <dl className="flex flex-col gap-1 text-sm">
      {lines.map(({ description, amount }, i) => (
        <Row key={i} label={description}>
          <Money value={amount} />
        </Row>
      ))}
      {sums
        .filter(({ isShown }) => isShown)
        .map(({ label, value }) => (
          <Row key={label} label={label} isSum>
            <Money value={value} />
          </Row>
        ))}
    </dl>
  );
}

/** What a verb would do, in money: now, and at the next regular bill. */
export function PreviewView({ preview }: { preview: Preview }) {
  const { now, next, effective_at, at } = preview;
  const isLater = effective_at > at;
  return (
    <div className="flex flex-col gap-3 rounded-lg border bg-sunken p-3">
      {now ? (
        <QuoteView quote={now} />
      ) : (
        <p className="text-sm text-ink-muted">Nothing is billed now.</p>
      )}
      {isLater ? (
        <p className="text-sm text-ink-muted">
          It takes effect on <Time value={effective_at} format="date" />.
        </p>
      ) : null}
      {now && now.total.amount < 0 ? (
        <p className="text-sm text-ink-muted">
          What is given back becomes credit for the next invoices.
        </p>
      ) : null}
      {next ? (
        <p className="text-sm text-ink-muted">
          The next bill, on <Time value={next.at} format="date" />, is{" "}
          <Money value={next.amount} /> before tax.
        </p>
      ) : null}
    </div>
  );
}

function Row({
  label,
  isSum,
  children,
}: {
  label: string;
  isSum?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={`flex items-baseline justify-between gap-4 ${isSum ? "border-t pt-1 font-medium" : ""}`}
    >
      <dt className="min-w-0 break-words">{label}</dt>
      <dd className="shrink-0 tabular-nums">{children}</dd>
    </div>
  );
}
