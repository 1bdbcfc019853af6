import { exact } from "@/platform/db/exact";
import { uniqueViolation } from "@/platform/db/failures";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { forMany } from "@/platform/together";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import { pageWindow } from "@/shared/page";
import type { Coupon, CouponInput, CouponQuery } from "../contract/coupons";

export async function findCoupons(
  ctx: Ctx,
  query: CouponQuery,
): Promise<{ items: Coupon[]; total: number }> {
  const where = query.include_archived ? {} : { archived_at: null };
  const [rows, total] = await Promise.all([
    ctx.db.coupon.findMany({
      where,
      orderBy: { id: "desc" },
      ...pageWindow(query),
    }),
    ctx.db.coupon.count({ where }),
  ]);
  return { items: rows.map((row) => toCoupon(row, ctx.now())), total };
}

/** The coupon, by its id or by its code. */
export const findCoupon = forMany(
  async (
    ctx: Ctx,
    asked: ({ id: string } | { code: string })[],
  ): Promise<(Coupon | null)[]> => {
    const ids = asked.flatMap((by) => ("id" in by ? toUuid(by.id) : []));
    const codes = asked.flatMap((by) => ("id" in by ? [] : by.code));
    const rows = await ctx.db.coupon.findMany({
      where: { OR: [{ id: { in: ids } }, { code: { in: codes } }] },
    });
    return asked.map((by) => {
      const row = rows.find(({ id, code }) =>
        "id" in by ? id === toUuid(by.id) : code === by.code,
      );
      return row ? toCoupon(row, ctx.now()) : null;
    });
  },
);

/** The same, locked until the transaction ends. */
export async function lockCoupon(
  tx: TxCtx,
  id: string,
): Promise<Coupon | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM coupons WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findCoupon(tx, { id });
}

/** Throws CONFLICT when another coupon has the code. */
export async function insertCoupon(
  tx: TxCtx,
  input: CouponInput,
): Promise<Coupon> {
  try {
    const row = await tx.db.coupon.create({
      data: {
        id: toUuid(newId("cpn")),
        code: input.code,
        name: input.name,
        percent: input.percent ?? null,
        amount_minor: input.amount ? BigInt(input.amount.amount) : null,
        currency: input.amount?.currency ?? null,
        duration: input.duration,
        months: input.months ?? null,
        max_redemptions: input.max_redemptions ?? null,
        expires_at: input.expires_at ? new Date(input.expires_at) : null,
        created_at: tx.now(),
      },
    });
    return toCoupon(row, tx.now());
  } catch (error) {
    if (uniqueViolation(error) === null) throw error;
    throw new DomainError(
      "CONFLICT",
      `There is a coupon ${input.code} already. Choose another code.`,
      { fields: [{ field: "code", message: "is taken" }] },
    );
  }
}

export async function updateCoupon(
  tx: TxCtx,
  id: string,
  data: Prisma.CouponUncheckedUpdateInput,
): Promise<Coupon> {
  const where = { id: toUuid(id) };
  return toCoupon(await tx.db.coupon.update({ where, data }), tx.now());
}

export async function deleteCoupon(tx: TxCtx, id: string): Promise<void> {
  await tx.db.coupon.delete({ where: { id: toUuid(id) } });
}

function toCoupon(row: Prisma.CouponGetPayload<object>, now: Date): Coupon {
  const isOver = row.expires_at !== null && row.expires_at <= now;
  const isUsedUp =
    row.max_redemptions !== null && row.redemptions >= row.max_redemptions;
  return {
    id: fromUuid("cpn", row.id),
    code: row.code,
    name: row.name,
    percent: row.percent && exact(row.percent),
    amount:
      row.amount_minor !== null && row.currency
        ? money(row.amount_minor, row.currency)
        : null,
    duration: row.duration as Coupon["duration"], // Safe: a CHECK constraint.
    months: row.months,
    max_redemptions: row.max_redemptions,
    redemptions: row.redemptions,
    is_redeemable: !row.archived_at && !isOver && !isUsedUp,
    expires_at: row.expires_at?.toISOString() ?? null,
    archived_at: row.archived_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
