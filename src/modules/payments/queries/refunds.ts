import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import type { Refund, RefundState } from "../contract/parts";
import { toRefund, type RefundRow } from "./row";

export type NewRefund = {
  id: string;
  paymentId: string;
  customerId: string;
  status: RefundState;
  currency: string;
  minor: bigint;
  fromCredit: bigint;
  reason: string;
  providerRefundId?: string | null;
  /** the note that it pays back what an invoice had charged for */
  creditNoteId?: string | null;
};

export async function insertRefund(
  tx: TxCtx,
  refund: NewRefund,
): Promise<Refund> {
  const row = await tx.db.refund.create({
    data: {
      id: toUuid(refund.id),
      payment_id: toUuid(refund.paymentId),
      customer_id: toUuid(refund.customerId),
      status: refund.status,
      currency: refund.currency,
      amount_minor: refund.minor,
      from_credit_minor: refund.fromCredit,
      reason: refund.reason,
      provider_refund_id: refund.providerRefundId ?? null,
      credit_note_id: refund.creditNoteId ? toUuid(refund.creditNoteId) : null,
      created_at: tx.now(),
    },
  });
  return toRefund(row);
}

export async function findRefundRow(
  ctx: Ctx,
  where: { id: string } | { provider_refund_id: string },
): Promise<RefundRow | null> {
  return ctx.db.refund.findUnique({
    where: "id" in where ? { id: toUuid(where.id) } : where,
  });
}

export async function updateRefund(
  tx: TxCtx,
  id: string,
  data: Prisma.RefundUncheckedUpdateInput,
): Promise<Refund> {
  const row = await tx.db.refund.update({ where: { id: toUuid(id) }, data });
  return toRefund(row);
}
