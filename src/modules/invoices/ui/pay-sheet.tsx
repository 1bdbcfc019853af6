import { Callout } from "@/ui/display/callout";
import { Money } from "@/ui/display/money";
import { Time } from "@/ui/display/time";
import type { PayView } from "../contract";

/** An invoice in short, for whoever is to pay it. */
export function PaySheet({ view }: { view: PayView }) {
  return (
    <div className="flex flex-col gap-4 text-sm">
      <Standing view={view} />
      <ul className="divide-y">
        {view.lines.map((line, at) => (
          <li key={at} className="flex justify-between gap-4 py-2">
            <span className="min-w-0 wrap-anywhere">
              {line.description}
              {line.quantity === "1" ? null : (
                <span className="text-ink-muted"> × {line.quantity}</span>
              )}
            </span>
            <Money value={line.amount} />
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 border-t pt-4">
        {sumsOf(view).map(({ label, value, isStrong }) => (
          <div
            key={label}
            className={`contents ${isStrong ? "font-semibold" : "text-ink-muted"}`}
          >
            <dt>{label}</dt>
            <dd className="text-right">
              <Money value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Standing({ view }: { view: PayView }) {
  if (view.status === "paid")
    return <Callout tone="success">This invoice is paid. Thank you.</Callout>;
  if (view.status === "void")
    return <Callout>This invoice is void: nothing is owed.</Callout>;
  if (view.payment_status === "pending")
    return <Callout>A payment is under way.</Callout>;
  return (
    <p className="text-ink-muted">
      Due by <Time value={view.due_at} format="date" />
    </p>
  );
}

function sumsOf(view: PayView) {
  const row = (label: string, value: PayView["due"], isStrong = false) => ({
    label,
    value,
    isStrong,
  });
  const less = { ...view.discount, amount: -view.discount.amount };
  return [
    ...(less.amount === 0 ? [] : [row("Discount", less)]),
    ...view.taxes.map((tax) =>
      row(
        tax.is_reverse_charge
          ? `${tax.name}: reverse charge`
          : `${tax.name} ${tax.rate}%${tax.is_inclusive ? " (included)" : ""}`,
        tax.tax,
      ),
    ),
    row("Total", view.total),
    row("Due", view.due, true),
  ];
}
