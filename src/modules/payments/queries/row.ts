import type { Prisma } from "@/platform/db/generated/client";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type {
  Dispute,
  DisputeState,
  Payment,
  PaymentState,
  ProviderName,
  Refund,
  RefundState,
} from "../contract/parts";

/** A payment without what belongs to its customer. */
export type StoredPayment = Omit<Payment, "customer_name">;

/** What is read with every payment. */
export const parts = {
  allocations: { orderBy: { invoice_id: "asc" } },
  refunds: { orderBy: { id: "asc" } },
  disputes: { orderBy: { id: "asc" } },
} as const satisfies Prisma.PaymentInclude;

export type PaymentRow = Prisma.PaymentGetPayload<{ include: typeof parts }>;
export type RefundRow = Prisma.RefundGetPayload<object>;
export type DisputeRow = Prisma.DisputeGetPayload<object>;
export type StoredDispute = Dispute;

const iso = (at: Date | null) => at && at.toISOString();

export function toPayment(row: PaymentRow): StoredPayment {
  const in_ = (minor: bigint) => money(minor, row.currency);
  return {
    id: fromUuid("pay", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    // Safe, as is the provider: CHECK constraints.
    status: row.status as PaymentState,
    provider: row.provider as ProviderName,
    amount: in_(row.amount_minor),
    refunded: in_(row.refunded_minor),
    disputed: in_(row.disputed_minor),
    credited: in_(row.unallocated_minor),
    provider_payment_id: row.provider_payment_id,
    method: row.method,
    payment_method_id:
      row.payment_method_id && fromUuid("pmd", row.payment_method_id),
    invoice_id: row.invoice_id && fromUuid("ivc", row.invoice_id),
    allocations: row.allocations.map((part) => ({
      invoice_id: fromUuid("ivc", part.invoice_id),
      amount: in_(part.amount_minor),
      pays: in_(part.amount_minor - part.disputed_minor),
    })),
    refunds: row.refunds.map(toRefund),
    disputes: row.disputes.map(toDispute),
    reference: row.reference,
    note: row.note,
    failure_code: row.failure_code,
    failure_message: row.failure_message,
    receipt_number: row.receipt_number,
    paid_at: iso(row.paid_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export function toRefund(row: RefundRow): Refund {
  return {
    id: fromUuid("rfd", row.id),
    payment_id: fromUuid("pay", row.payment_id),
    status: row.status as RefundState, // Safe: a CHECK constraint.
    amount: money(row.amount_minor, row.currency),
    reason: row.reason,
    failure_message: row.failure_message,
    created_at: row.created_at.toISOString(),
  };
}

export function toDispute(row: DisputeRow): Dispute {
  return {
    id: fromUuid("dsp", row.id),
    payment_id: fromUuid("pay", row.payment_id),
    status: row.status as DisputeState, // Safe: a CHECK constraint.
    amount: money(row.amount_minor, row.currency),
    taken: money(row.taken_minor, row.currency),
    reason: row.reason,
    provider_dispute_id: row.provider_dispute_id,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
