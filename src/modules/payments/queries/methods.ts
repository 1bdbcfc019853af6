import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { forMany } from "@/platform/together";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { PaymentMethod } from "../contract/methods";
import type { HostedName } from "../contract/parts";
import type { ProviderMethod } from "../provider";

export type StoredMethod = PaymentMethod & { provider_method_id: string };

/** A customer's ways to pay that are still theirs, the default first. */
export const findMethods = forMany(
  async (ctx: Ctx, customerIds: string[]): Promise<StoredMethod[][]> => {
    const ids = customerIds.map(toUuid);
    const rows = await ctx.db.paymentMethod.findMany({
      where: { customer_id: { in: ids }, detached_at: null },
      orderBy: [{ is_default: "desc" }, { id: "desc" }],
    });
    return ids.map((id) =>
      rows
        .filter(({ customer_id }) => customer_id === id)
        .slice(0, 100)
        .map((row) => toMethod(row, ctx.now())),
    );
  },
);

export async function findMethod(
  ctx: Ctx,
  id: string,
  owner: string | null = null,
): Promise<StoredMethod | null> {
  const row = await ctx.db.paymentMethod.findFirst({
    where: {
      id: toUuid(id),
      detached_at: null,
      ...(owner && { customer_id: toUuid(owner) }),
    },
  });
  return row && toMethod(row, ctx.now());
}

/** A method by its provider's id, also one that is gone. */
export async function findKnownMethod(
  ctx: Ctx,
  provider: HostedName,
  provider_method_id: string,
): Promise<{ id: string; customer_id: string; isAttached: boolean } | null> {
  const row = await ctx.db.paymentMethod.findUnique({
    where: {
      provider_provider_method_id: { provider, provider_method_id },
    },
  });
  return (
    row && {
      id: fromUuid("pmd", row.id),
      customer_id: fromUuid("cus", row.customer_id),
      isAttached: row.detached_at === null,
    }
  );
}

/** Keep a method as its provider has it; one that came back is no longer detached. */
export async function upsertMethod(
  tx: TxCtx,
  provider: HostedName,
  customerId: string,
  method: ProviderMethod,
): Promise<string> {
  const given = {
    kind: method.type,
    brand: method.brand,
    last_four: method.lastFour,
    expires_month: method.expiresMonth,
    expires_year: method.expiresYear,
  };
  const where = {
    provider_provider_method_id: {
      provider,
      provider_method_id: method.providerMethodId,
    },
  };
  const known = await tx.db.paymentMethod.findUnique({ where });
  const isNewDate =
    known?.expires_month !== given.expires_month ||
    known.expires_year !== given.expires_year;
  const row = await tx.db.paymentMethod.upsert({
    where,
    create: {
      ...given,
      id: toUuid(newId("pmd")),
      customer_id: toUuid(customerId),
      provider,
      provider_method_id: method.providerMethodId,
      created_at: tx.now(),
    },
    update: {
      ...given,
      customer_id: toUuid(customerId),
      detached_at: null,
      ...(isNewDate && { expiry_told_at: null }),
    },
  });
  return fromUuid("pmd", row.id);
}

export async function setDefault(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<void> {
  const customer_id = toUuid(customerId);
  await tx.db.paymentMethod.updateMany({
    where: { customer_id, is_default: true, id: { not: toUuid(id) } },
    data: { is_default: false },
  });
  await tx.db.paymentMethod.update({
    where: { id: toUuid(id) },
    data: { is_default: true },
  });
}

export async function markDetached(tx: TxCtx, id: string): Promise<void> {
  await tx.db.paymentMethod.update({
    where: { id: toUuid(id) },
    data: { is_default: false, detached_at: tx.now() },
  });
}

/** Methods that expire before a month begins, and whose people do not know of it. */
export async function findExpiring(
  ctx: Ctx,
  before: { year: number; month: number },
  take: number,
): Promise<StoredMethod[]> {
  const rows = await ctx.db.paymentMethod.findMany({
    where: {
      detached_at: null,
      expiry_told_at: null,
      expires_month: { not: null },
      OR: [
        { expires_year: { lt: before.year } },
        { expires_year: before.year, expires_month: { lt: before.month } },
      ],
    },
    orderBy: { id: "asc" },
    take,
  });
  return rows.map((row) => toMethod(row, ctx.now()));
}

/** Note that it was told; false when it was already, so that it is told once. */
export async function markExpiryTold(tx: TxCtx, id: string): Promise<boolean> {
  const { count } = await tx.db.paymentMethod.updateMany({
    where: { id: toUuid(id), expiry_told_at: null },
    data: { expiry_told_at: tx.now() },
  });
  return count === 1;
}

/** Who a customer is at a provider. */
export async function findExternalId(
  ctx: Ctx,
  provider: HostedName,
  customerId: string,
): Promise<string | null> {
  const row = await ctx.db.providerCustomer.findUnique({
    where: {
      provider_customer_id: { provider, customer_id: toUuid(customerId) },
      deleted_at: null,
    },
  });
  return row && row.external_id;
}

/** Who a customer was at a provider, before it was deleted there. */
export async function findGoneId(
  ctx: Ctx,
  provider: HostedName,
  customerId: string,
): Promise<string | null> {
  const row = await ctx.db.providerCustomer.findUnique({
    where: {
      provider_customer_id: { provider, customer_id: toUuid(customerId) },
      deleted_at: { not: null },
    },
  });
  return row && row.external_id;
}

/** It stays known, since events about it may still come; the next order makes a new one. */
export async function markCustomerGone(
  tx: TxCtx,
  provider: HostedName,
  customerId: string,
): Promise<void> {
  await tx.db.providerCustomer.updateMany({
    where: { provider, customer_id: toUuid(customerId), deleted_at: null },
    data: { deleted_at: tx.now() },
  });
}

/** Which customer is meant by a provider's id of one. */
export async function findCustomerOf(
  ctx: Ctx,
  provider: HostedName,
  external_id: string,
): Promise<string | null> {
  const row = await ctx.db.providerCustomer.findUnique({
    where: { provider_external_id: { provider, external_id } },
  });
  return row && fromUuid("cus", row.customer_id);
}

export async function insertExternalId(
  tx: TxCtx,
  provider: HostedName,
  customerId: string,
  external_id: string,
): Promise<void> {
  const customer_id = toUuid(customerId);
  await tx.db.providerCustomer.updateMany({
    where: { provider, customer_id, deleted_at: { not: null } },
    data: { external_id, deleted_at: null },
  });
  await tx.db.providerCustomer.createMany({
    data: {
      provider,
      customer_id,
      external_id,
      created_at: tx.now(),
    },
    skipDuplicates: true,
  });
}

function toMethod(
  row: Prisma.PaymentMethodGetPayload<object>,
  now: Date,
): StoredMethod {
  const { expires_month: month, expires_year: year } = row;
  return {
    id: fromUuid("pmd", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    provider: row.provider as HostedName, // Safe: a CHECK constraint.
    provider_method_id: row.provider_method_id,
    kind: row.kind,
    brand: row.brand,
    last_four: row.last_four,
    expires_month: month,
    expires_year: year,
    // A card is good to the end of its month.
    is_expired:
      month !== null && year !== null && Date.UTC(year, month) <= now.getTime(),
    is_default: row.is_default,
    created_at: row.created_at.toISOString(),
  };
}
