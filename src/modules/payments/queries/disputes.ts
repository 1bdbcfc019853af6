import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import type { DisputeState } from "../contract/parts";
import { toDispute, type DisputeRow, type StoredDispute } from "./row";

export type NewDispute = {
  id: string;
  paymentId: string;
  customerId: string;
  status: DisputeState;
  currency: string;
  minor: bigint;
  reason: string;
  providerDisputeId: string;
};

export async function insertDispute(
  tx: TxCtx,
  dispute: NewDispute,
): Promise<StoredDispute> {
  const row = await tx.db.dispute.create({
    data: {
      id: toUuid(dispute.id),
      payment_id: toUuid(dispute.paymentId),
      customer_id: toUuid(dispute.customerId),
      status: dispute.status,
      currency: dispute.currency,
      amount_minor: dispute.minor,
      reason: dispute.reason,
      provider_dispute_id: dispute.providerDisputeId,
      created_at: tx.now(),
    },
  });
  return toDispute(row);
}

export async function findDisputeRow(
  ctx: Ctx,
  provider_dispute_id: string,
): Promise<DisputeRow | null> {
  return ctx.db.dispute.findUnique({ where: { provider_dispute_id } });
}

export async function updateDispute(
  tx: TxCtx,
  id: string,
  data: Prisma.DisputeUncheckedUpdateInput,
): Promise<StoredDispute> {
  const row = await tx.db.dispute.update({ where: { id: toUuid(id) }, data });
  return toDispute(row);
}

/** Say how much more (or less) of a payment, and of what it pays of an invoice, was taken back. */
export async function changeDisputed(
  tx: TxCtx,
  paymentId: string,
  change: { minor: bigint; credit: bigint },
): Promise<void> {
  await tx.db.payment.update({
    where: { id: toUuid(paymentId) },
    data: {
      disputed_minor: { increment: change.minor },
      unallocated_minor: { decrement: change.credit },
    },
  });
}

export async function changeDisputedOf(
  tx: TxCtx,
  paymentId: string,
  invoiceId: string,
  minor: bigint,
): Promise<void> {
  const [payment_id, invoice_id] = [toUuid(paymentId), toUuid(invoiceId)];
  await tx.db.paymentAllocation.update({
    where: { payment_id_invoice_id: { payment_id, invoice_id } },
    data: { disputed_minor: { increment: minor } },
  });
}

/** Whether what paid an invoice was taken back by its payer's bank, and is still gone. */
export async function hasLostDispute(
  ctx: Ctx,
  invoiceId: string,
): Promise<boolean> {
  const found = await ctx.db.paymentAllocation.findFirst({
    where: { invoice_id: toUuid(invoiceId), disputed_minor: { gt: 0 } },
    select: { payment_id: true },
  });
  return found !== null;
}
