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

/** Say how much more (or less) of a payment was taken back, and of the credit that it has left. */
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

/** Take back, of what a payment pays of an invoice. */
export async function takeOfInvoice(
  tx: TxCtx,
  paymentId: string,
  invoiceId: string,
  minor: bigint,
): Promise<void> {
  await tx.db.paymentAllocation.update({
    where: allocationOf(paymentId, invoiceId),
    data: { disputed_minor: { increment: minor } },
  });
}

/** Give back what was taken so: of `minor` the invoice gets `back`, and the rest pays it no more. */
export async function giveToInvoice(
  tx: TxCtx,
  paymentId: string,
  invoiceId: string,
  { minor, back }: { minor: bigint; back: bigint },
): Promise<void> {
  const where = allocationOf(paymentId, invoiceId);
  const row = await tx.db.paymentAllocation.findUniqueOrThrow({ where });
  const amount_minor = row.amount_minor - minor + back;
  const disputed_minor = row.disputed_minor - minor;
  if (amount_minor === 0n) await tx.db.paymentAllocation.delete({ where });
  else
    await tx.db.paymentAllocation.update({
      where,
      data: { amount_minor, disputed_minor },
    });
}

function allocationOf(paymentId: string, invoiceId: string) {
  const [payment_id, invoice_id] = [toUuid(paymentId), toUuid(invoiceId)];
  return { payment_id_invoice_id: { payment_id, invoice_id } };
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
