import { exact } from "@/platform/db/exact";
import type { Prisma } from "@/platform/db/generated/client";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type {
  CreditNote,
  Invoice,
  InvoiceLine,
  InvoiceStatus,
  InvoiceSummary,
  Party,
  PaymentStatus,
} from "../contract";
import type { InvoiceTax, LineKind } from "../contract/parts";

/** A summary without what belongs to the customer. */
export type StoredSummary = Omit<InvoiceSummary, "customer_name">;
/** An invoice without that, and without its link. */
export type StoredInvoice = Omit<Invoice, "customer_name" | "pay_url">;

/** What is read with an invoice that is shown in full. */
export const parts = {
  lines: { orderBy: { position: "asc" } },
  taxes: { orderBy: { id: "asc" } },
  creditNotes: { orderBy: { id: "asc" } },
} as const satisfies Prisma.InvoiceInclude;

export type FullRow = Prisma.InvoiceGetPayload<{ include: typeof parts }>;
type Row = Prisma.InvoiceGetPayload<object>;

const iso = (at: Date | null) => at && at.toISOString();

export function toSummary(row: Row, now: Date): StoredSummary {
  const isLate = row.due_at !== null && row.due_at < now;
  return {
    id: fromUuid("ivc", row.id),
    number: row.number,
    customer_id: fromUuid("cus", row.customer_id),
    subscription_id:
      row.subscription_id && fromUuid("sub", row.subscription_id),
    // Safe, as is the next: CHECK constraints.
    status: row.status as InvoiceStatus,
    payment_status: row.payment_status as PaymentStatus,
    is_overdue: row.status === "open" && (row.overdue_at !== null || isLate),
    reason: row.reason as InvoiceSummary["reason"], // Safe: a CHECK constraint.
    currency: row.currency,
    total: money(row.total_minor, row.currency),
    due: money(row.due_minor, row.currency),
    issued_at: iso(row.issued_at),
    due_at: iso(row.due_at),
    paid_at: iso(row.paid_at),
    sent_at: iso(row.sent_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export function toInvoice(row: FullRow, now: Date): StoredInvoice {
  const in_ = (minor: bigint) => money(minor, row.currency);
  // Safe, as is the buyer: finalization wrote them.
  const seller = row.seller as (Party & { footer: string | null }) | null;
  return {
    ...toSummary(row, now),
    subtotal: in_(row.subtotal_minor),
    discount: in_(row.discount_minor),
    tax: in_(row.tax_minor),
    credit_applied: in_(row.credit_minor),
    paid: in_(row.paid_minor),
    credited: in_(row.credited_minor),
    returned: in_(row.returned_minor),
    period_start: iso(row.period_start),
    period_end: iso(row.period_end),
    seller,
    footer: seller?.footer ?? null,
    buyer: row.buyer as Party | null,
    memo: row.memo,
    lines: row.lines.map((line) => toLine(line, row.currency)),
    taxes: row.taxes.map((tax) => toTax(tax, row.currency)),
    credit_notes: row.creditNotes.map(toCreditNote),
    voided_at: iso(row.voided_at),
  };
}

export function toCreditNote(
  row: Prisma.CreditNoteGetPayload<object>,
): CreditNote {
  const in_ = (minor: bigint) => money(minor, row.currency);
  return {
    id: fromUuid("crn", row.id),
    number: row.number,
    invoice_id: fromUuid("ivc", row.invoice_id),
    customer_id: fromUuid("cus", row.customer_id),
    total: in_(row.total_minor),
    tax: in_(row.tax_minor),
    reason: row.reason,
    memo: row.memo,
    to_due: in_(row.to_due_minor),
    to_credit: in_(row.to_credit_minor),
    to_refund: in_(row.to_refund_minor),
    created_at: row.created_at.toISOString(),
  };
}

function toLine(row: FullRow["lines"][number], currency: string): InvoiceLine {
  return {
    position: row.position,
    kind: row.kind as LineKind, // Safe: a CHECK constraint.
    description: row.description,
    quantity: exact(row.quantity),
    unit_price: row.unit_price && exact(row.unit_price),
    amount: money(row.amount_minor, currency),
    discount: money(row.discount_minor, currency),
    tax: money(row.tax_minor, currency),
    tax_rate_id: row.tax_rate_id && fromUuid("txr", row.tax_rate_id),
    period_start: iso(row.period_start),
    period_end: iso(row.period_end),
    metadata: row.metadata as Record<string, unknown>, // Safe: written as an object.
  };
}

function toTax(row: FullRow["taxes"][number], currency: string): InvoiceTax {
  return {
    tax_rate_id: row.tax_rate_id && fromUuid("txr", row.tax_rate_id),
    name: row.name,
    rate: exact(row.rate),
    is_inclusive: row.is_inclusive,
    is_reverse_charge: row.reverse_charge,
    taxable: money(row.taxable_minor, currency),
    tax: money(row.tax_minor, currency),
  };
}
