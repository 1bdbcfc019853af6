import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { insertOnce, updateRows } from "@/platform/db/rows";
import { forMany } from "@/platform/together";
import { toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import type { PaymentQuery } from "../contract";
import type { PaymentState, ProviderName } from "../contract/parts";
import { parts, toPayment, type PaymentRow, type StoredPayment } from "./row";

/** Matches beyond this many are not counted one by one. */
const countedAtMost = 10_000;

export type NewPayment = {
  id: string;
  customerId: string;
  status: PaymentState;
  currency: string;
  minor: bigint;
  provider: ProviderName;
  providerPaymentId?: string | null;
  method: string;
  paymentMethodId?: string | null;
  invoiceId?: string | null;
  reference?: string | null;
  note?: string | null;
};

/** Write a payment; false when its id, or its provider's id of it, is there already. */
export const insertPayment = forMany(
  async (tx: TxCtx, payments: NewPayment[]): Promise<boolean[]> => {
    const now = tx.now();
    const rows = payments.map((payment) => ({
      id: toUuid(payment.id),
      customer_id: toUuid(payment.customerId),
      // What succeeds is settled in the same transaction, which dates it.
      status: payment.status === "succeeded" ? "pending" : payment.status,
      currency: payment.currency,
      amount_minor: payment.minor,
      provider: payment.provider,
      provider_payment_id: payment.providerPaymentId ?? null,
      method: payment.method,
      payment_method_id: payment.paymentMethodId
        ? toUuid(payment.paymentMethodId)
        : null,
      invoice_id: payment.invoiceId ? toUuid(payment.invoiceId) : null,
      reference: payment.reference ?? null,
      note: payment.note ?? null,
      created_at: now,
      updated_at: now,
    }));
    const added = await insertOnce(tx, "payments", rows);
    return rows.map(({ id }) => added.has(id));
  },
);

/** The payment, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findPayment(
  ctx: Ctx,
  id: string,
  owner: string | null = null,
): Promise<StoredPayment | null> {
  const payment = await findOne(ctx, id);
  return owner && payment?.customer_id !== owner ? null : payment;
}

const findOne = forMany(findAll);

async function findAll(
  ctx: Ctx,
  ids: string[],
): Promise<(StoredPayment | null)[]> {
  const rows = await ctx.db.payment.findMany({
    where: { id: { in: ids.map(toUuid) } },
    include: parts,
  });
  const found = new Map(rows.map((row) => [row.id, toPayment(row)]));
  return ids.map((id) => found.get(toUuid(id)) ?? null);
}

/** A row by either id. */
export async function findPaymentRow(
  ctx: Ctx,
  where:
    { id: string } | { provider: ProviderName; provider_payment_id: string },
): Promise<PaymentRow | null> {
  return ctx.db.payment.findFirst({
    where: "id" in where ? { id: toUuid(where.id) } : where,
    include: parts,
  });
}

/** The payments whose money pays an invoice, or did. */
export async function findPaying(
  ctx: Ctx,
  invoiceId: string,
): Promise<StoredPayment[]> {
  const rows = await ctx.db.payment.findMany({
    where: { allocations: { some: { invoice_id: toUuid(invoiceId) } } },
    include: parts,
    orderBy: { id: "asc" },
  });
  return rows.map(toPayment);
}

/** A try to pay this invoice that has not ended. */
export const findUnderWay = forMany(
  async (ctx: Ctx, invoiceIds: string[]): Promise<(StoredPayment | null)[]> => {
    const ids = invoiceIds.map(toUuid);
    const rows = await ctx.db.payment.findMany({
      where: {
        invoice_id: { in: ids },
        status: { in: ["pending", "requires_action"] },
      },
      include: parts,
    });
    const found = new Map(rows.map((row) => [row.invoice_id, toPayment(row)]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

export async function updatePayment(
  tx: TxCtx,
  id: string,
  data: Prisma.PaymentUncheckedUpdateInput,
): Promise<StoredPayment> {
  const row = await tx.db.payment.update({
    where: { id: toUuid(id) },
    data,
    include: parts,
  });
  return toPayment(row);
}

/** How a payment goes that has not succeeded. */
export const updateState = forMany(
  async (
    tx: TxCtx,
    changes: {
      id: string;
      status: PaymentState;
      failure_code: string | null;
      failure_message: string | null;
    }[],
  ): Promise<StoredPayment[]> => {
    const updated_at = tx.now();
    await updateRows(
      tx,
      "payments",
      changes.map(({ id, ...state }) => ({
        ...{ ...state, updated_at },
        id: toUuid(id),
      })),
    );
    const payments = await findAll(
      tx,
      changes.map(({ id }) => id),
    );
    return payments.map((payment, i) => {
      if (!payment) throw new Error(`${changes[i]?.id} is gone.`);
      return payment;
    });
  },
);

/** Let so much more of a payment be refunded; false when that is more than is left of it. */
export async function takeRefundable(
  tx: TxCtx,
  id: string,
  minor: bigint,
): Promise<boolean> {
  if (minor <= 0n) return false;
  const count = await tx.db.$executeRaw`
    UPDATE payments SET refunded_minor = refunded_minor + ${minor}, updated_at = ${tx.now()}
    WHERE id = ${toUuid(id)}::uuid AND status = 'succeeded'
      AND refunded_minor + disputed_minor + ${minor} <= amount_minor`;
  return count === 1;
}

/** Give back what a refund that failed had taken, and the credit that it had taken back. */
export async function giveRefundable(
  tx: TxCtx,
  id: string,
  minor: bigint,
  fromCredit: bigint,
): Promise<void> {
  await tx.db.payment.update({
    where: { id: toUuid(id) },
    data: {
      refunded_minor: { decrement: minor },
      unallocated_minor: { increment: fromCredit },
    },
  });
}

export async function insertAllocation(
  tx: TxCtx,
  paymentId: string,
  invoiceId: string,
  minor: bigint,
): Promise<void> {
  await tx.db.paymentAllocation.create({
    data: {
      payment_id: toUuid(paymentId),
      invoice_id: toUuid(invoiceId),
      amount_minor: minor,
      created_at: tx.now(),
    },
  });
}

/** One page of payments, newest first. */
export async function findPayments(
  ctx: Ctx,
  query: PaymentQuery,
): Promise<{ items: StoredPayment[]; total: number; exact: boolean }> {
  const { status, provider, method, customer_id, from, to } = query;
  const where: Prisma.PaymentWhereInput = {
    ...(status && { status }),
    ...(provider && { provider }),
    ...(method && { method }),
    ...(customer_id && { customer_id: toUuid(customer_id) }),
    AND: [
      from ? { created_at: { gte: new Date(from) } } : {},
      to ? { created_at: { lt: new Date(to) } } : {},
    ],
  };
  const orderBy = { id: "desc" } as const;
  const [found, total] = await Promise.all([
    // Ids alone first: a deep page reads no row that it does not show.
    ctx.db.payment.findMany({
      where,
      orderBy,
      ...pageWindow(query),
      select: { id: true },
    }),
    ctx.db.payment.count({ where, orderBy, take: countedAtMost + 1 }),
  ]);
  const rows = await ctx.db.payment.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: parts,
    orderBy,
  });
  return {
    items: rows.map(toPayment),
    total: Math.min(total, countedAtMost),
    exact: total <= countedAtMost,
  };
}

/** Payments of a provider that were made between two instants, by its ids of them. */
export async function findOfProvider(
  ctx: Ctx,
  provider: ProviderName,
  from: Date,
  to: Date,
): Promise<StoredPayment[]> {
  const rows = await ctx.db.payment.findMany({
    where: { provider, created_at: { gte: from, lt: to } },
    include: parts,
    orderBy: { id: "asc" },
    take: 100_000,
  });
  return rows.map(toPayment);
}

export async function countPayments(
  tx: TxCtx,
  customerId: string,
): Promise<number> {
  const where = { customer_id: toUuid(customerId) };
  return tx.db.payment.count({ where, take: 1_000 });
}
