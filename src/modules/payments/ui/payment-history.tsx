import type { ReactNode } from "react";
import { CopyableId } from "@/ui/display/copyable-id";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Payment } from "../contract/parts";

/** What a payment paid, what of it went back, and what its payer's bank took back. */
export function PaymentHistory({ payment }: { payment: Payment }) {
  const { allocations, refunds, disputes } = payment;
  return (
    <>
      <Section title="Invoices it paid">
        {allocations.map(({ invoice_id, amount, pays }) => (
          <Line key={invoice_id} value={<Money value={amount} />}>
            <CopyableId id={invoice_id} label="invoice id" />
            {pays.amount < amount.amount ? (
              <span className="block text-xs text-ink-faint">
                Of this it pays <Money value={pays} /> since it was disputed
              </span>
            ) : null}
          </Line>
        ))}
      </Section>
      <Section title="Refunds">
        {refunds.map((refund) => (
          <Returned
            key={refund.id}
            {...refund}
            words={refund.failure_message}
          />
        ))}
      </Section>
      <Section title="Disputes">
        {disputes.map((dispute) => (
          <Returned key={dispute.id} {...dispute} words={null} />
        ))}
      </Section>
    </>
  );
}

function Section({
  title,
  children,
}: {
  title: string;
  children: ReactNode[];
}) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm font-semibold">{title}</h3>
      <ul className="mt-1 divide-y text-sm">{children}</ul>
    </section>
  );
}

function Line({ value, children }: { value: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 py-2">
      <span className="min-w-0">{children}</span>
      <span className="flex items-center gap-2">{value}</span>
    </li>
  );
}

type ReturnedProps = Pick<
  Payment["refunds"][number],
  "reason" | "amount" | "created_at"
> & { status: string; words: string | null };

function Returned({
  reason,
  amount,
  created_at,
  status,
  words,
}: ReturnedProps) {
  return (
    <Line
      value={
        <>
          <StatusBadge status={status} />
          <Money value={amount} />
        </>
      }
    >
      <span className="block break-words">{reason}</span>
      <span className="text-xs text-ink-faint">
        <Time value={created_at} />
        {words ? ` · ${words}` : ""}
      </span>
    </Line>
  );
}
