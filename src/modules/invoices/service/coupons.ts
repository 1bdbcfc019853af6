import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toPage, type Page } from "@/shared/page";
import type {
  Coupon,
  CouponInput,
  CouponPatch,
  CouponQuery,
} from "../contract/coupons";
import {
  deleteCoupon,
  findCoupon,
  findCoupons,
  insertCoupon,
  lockCoupon,
  updateCoupon,
} from "../queries/coupons";

/** One page of coupons, newest first. Needs billing:read. */
export async function listCoupons(
  ctx: Ctx,
  query: CouponQuery,
): Promise<Page<Coupon>> {
  authorize(ctx, "billing:read");
  const { items, total } = await findCoupons(ctx, query);
  return toPage(query, items, total);
}

/** Create a coupon. Needs billing:write; throws CONFLICT when its code is taken. */
export async function createCoupon(
  ctx: Ctx,
  input: CouponInput,
): Promise<Coupon> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const coupon = await insertCoupon(tx, input);
    await told(tx, "coupon.created", null, coupon);
    return coupon;
  });
}

/** Change what does not touch those who have it. Needs billing:write; throws NOT_FOUND. */
export async function changeCoupon(
  ctx: Ctx,
  id: string,
  { name, max_redemptions, expires_at }: CouponPatch,
): Promise<Coupon> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const before = await lockCoupon(tx, id);
    if (!before || before.archived_at) throw notFound("coupon");
    if (max_redemptions && max_redemptions < before.redemptions)
      throw invalid([
        {
          field: "body.max_redemptions",
          message: `must be at least ${before.redemptions}, as it was used that often`,
        },
      ]);
    const after = await updateCoupon(tx, id, {
      ...(name !== undefined && { name }),
      ...(max_redemptions !== undefined && { max_redemptions }),
      ...(expires_at !== undefined && {
        expires_at: expires_at && new Date(expires_at),
      }),
    });
    await told(tx, "coupon.updated", before, after);
    return after;
  });
}

/** Take a coupon back. Needs billing:write; throws NOT_FOUND. */
export async function removeCoupon(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; deleted: true }> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const before = await lockCoupon(tx, id);
    if (!before || before.archived_at) throw notFound("coupon");
    if (before.redemptions === 0) await deleteCoupon(tx, id);
    else await updateCoupon(tx, id, { archived_at: tx.now() });
    await told(tx, "coupon.deleted", before, null);
    return { id, deleted: true };
  });
}

/** A coupon by public id, for the verbs of other modules, which have authorised. */
export async function getCoupon(ctx: Ctx, id: string): Promise<Coupon> {
  const coupon = await findCoupon(ctx, { id });
  if (!coupon) throw notFound("coupon");
  return coupon;
}

/**
 * The coupon that a code is of, if it can be used in a currency; the caller has authorised. Throws
 * CONFLICT when there is none that can be used, or it is of another currency.
 */
export async function redeemable(
  ctx: Ctx,
  code: string,
  currency: string,
): Promise<Coupon> {
  const coupon = await findCoupon(ctx, { code: code.trim().toUpperCase() });
  return asserted(coupon, code, currency);
}

/** Use a coupon once, by its code, in the caller's transaction; throws as `redeemable` does. */
export async function redeemCoupon(
  tx: TxCtx,
  code: string,
  currency: string,
): Promise<Coupon> {
  const { id } = await redeemable(tx, code, currency);
  asserted(await lockCoupon(tx, id), code, currency);
  return updateCoupon(tx, id, { redemptions: { increment: 1 } });
}

function asserted(
  coupon: Coupon | null,
  code: string,
  currency: string,
): Coupon {
  if (!coupon?.is_redeemable)
    throw new DomainError(
      "CONFLICT",
      `The coupon ${code} cannot be used. Check its spelling, or leave it out.`,
    );
  if (coupon.amount && coupon.amount.currency !== currency)
    throw new DomainError(
      "CONFLICT",
      `The coupon ${code} is for ${coupon.amount.currency}, and this is in ${currency}.`,
    );
  return coupon;
}

async function told(
  tx: TxCtx,
  name: `coupon.${string}`,
  before: Coupon | null,
  after: Coupon | null,
): Promise<void> {
  const id = (after ?? before)?.id;
  if (!id) return;
  await record(tx, {
    action: name,
    target: { kind: "coupon", id },
    before,
    after,
  });
  await emit(tx, { name, payload: { coupon_id: id } });
}
