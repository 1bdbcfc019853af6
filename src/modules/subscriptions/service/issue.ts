import {
  billInvoice,
  previewInvoice,
  type DraftLine,
} from "@/modules/invoices";
import type { Discount } from "@/modules/invoices/contract/totals";
import { collect } from "@/modules/payments";
import type { Ctx, TxCtx } from "@/platform/context";
import { money } from "@/shared/money";
import { addSeconds } from "@/shared/time";
import type { Quote } from "../contract/parts";
import { upsertBilledUse, type BilledUse } from "../queries/usage";
import { isInvoiced, type Sub } from "../subscription";

type Reason =
  "subscription_create" | "subscription_cycle" | "subscription_update";

/** What is billed with a step of a subscription: the same for the preview and for the invoice. */
export type Bill = {
  reason: Reason;
  lines: DraftLine[];
  discount: Discount | null;
  period: { start: Date; end: Date };
  /** of what must be billed once: what follows `sub_…:` in the invoice's key */
  key: string | null;
  /** what use of meters is billed with it */
  billed: BilledUse[];
};

/** An invoice that was issued for a bill. */
export type Issued = {
  id: string;
  isOpen: boolean;
  dueAt: Date | null;
  quote: Quote;
};

/** What is charged by us is due at once; the hour is for the charge to come through. */
const chargedWithin = 60 * 60;

/** Issue what is billed; null when that is nothing, or was billed before. */
export async function issue(
  tx: TxCtx,
  sub: Sub,
  bill: Bill,
  now: Date,
): Promise<Issued | null> {
  if (bill.lines.length === 0) {
    await note(tx, sub, bill);
    return null;
  }
  const invoice = await billInvoice(tx, {
    customerId: sub.customerId,
    subscriptionId: sub.id,
    reason: bill.reason,
    currency: sub.currency,
    lines: bill.lines,
    discount: bill.discount,
    periodStart: bill.period.start,
    periodEnd: bill.period.end,
    billingKey: bill.key && `${sub.id}:${bill.key}`,
    dueAt: isInvoiced(sub) ? null : addSeconds(now, chargedWithin),
  });
  if (!invoice) return null;
  await note(tx, sub, bill);
  return {
    id: invoice.id,
    isOpen: invoice.status === "open",
    dueAt: invoice.due_at ? new Date(invoice.due_at) : null,
    quote: {
      lines: invoice.lines.map(
        ({ kind, description, quantity, amount, discount }) => ({
          ...{ kind, description, quantity, amount, discount },
        }),
      ),
      subtotal: invoice.subtotal,
      discount: invoice.discount,
      tax: invoice.tax,
      total: invoice.total,
      credit_applied: invoice.credit_applied,
      due: invoice.due,
    },
  };
}

/** The same bill in money, without writing anything; null when nothing is billed. */
export async function quoteOf(
  ctx: Ctx,
  sub: Sub,
  { lines, discount }: Bill,
): Promise<Quote | null> {
  if (lines.length === 0) return null;
  const { customerId, currency } = sub;
  const totals = await previewInvoice(ctx, {
    ...{ customerId, currency, lines, discount },
  });
  const of = (minor: bigint) => money(minor, currency);
  return {
    lines: lines.map(({ kind, description, quantity, minor }, i) => ({
      ...{ kind, description, quantity: quantity ?? "1", amount: of(minor) },
      discount: of(totals.lines[i]?.discount ?? 0n),
    })),
    subtotal: of(totals.subtotal),
    discount: of(totals.discount),
    tax: of(totals.tax),
    total: of(totals.total),
    credit_applied: of(totals.credit),
    due: of(totals.due),
  };
}

/** Charge an issued invoice, where that is ours to do; a job asks the provider after the commit. */
export async function charge(
  tx: TxCtx,
  sub: Sub,
  issued: Issued | null,
): Promise<void> {
  if (issued?.isOpen && !isInvoiced(sub)) await collect(tx, issued.id);
}

async function note(tx: TxCtx, sub: Sub, { billed }: Bill): Promise<void> {
  if (billed.length > 0)
    await upsertBilledUse(tx, { subscriptionId: sub.id, billed });
}
