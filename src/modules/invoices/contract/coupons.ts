import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { count, FlagParam, Instant, Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";

const Code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9_-]{1,39}$/, {
    error: "must have 2 to 40 of A-Z, 0-9, _ and -",
  });

export const Coupon = z
  .object({
    id: idOf("cpn"),
    code: z.string(),
    name: z.string(),
    percent: z.string().nullable(),
    amount: Money.nullable(),
    duration: z.enum(["once", "repeating", "forever"]),
    months: z.number().int().nullable(),
    max_redemptions: z.number().int().nullable(),
    redemptions: z.number().int(),
    is_redeemable: z.boolean(),
    expires_at: z.iso.datetime().nullable(),
    archived_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Coupon" });
export type Coupon = z.output<typeof Coupon>;

const later = {
  name: text(80),
  max_redemptions: count(1, 1_000_000).nullish(),
  expires_at: Instant.nullish(),
};

export const CouponInput = z
  .strictObject({
    code: Code,
    ...later,
    percent: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,6})?$/, { error: "must be percent, such as 20" })
      .refine((value) => Number(value) > 0 && Number(value) <= 100, {
        error: "must be above 0, and at most 100",
      })
      .optional(),
    amount: Money.refine(({ amount }) => amount > 0, {
      error: "must be above 0",
    }).optional(),
    duration: z.enum(["once", "repeating", "forever"]).default("once"),
    months: count(1, 120).optional(),
  })
  .refine(
    (input) => (input.percent === undefined) !== (input.amount === undefined),
    {
      path: ["percent"],
      error: "is needed, or amount; give one of the two",
    },
  )
  .refine(
    (input) =>
      (input.duration === "repeating") === (input.months !== undefined),
    {
      path: ["months"],
      error: "goes with the duration repeating, and with no other",
    },
  )
  .meta({ id: "CouponInput" });
export type CouponInput = z.output<typeof CouponInput>;

export const CouponPatch = z
  .strictObject(later)
  .partial()
  .meta({ id: "CouponPatch" });
export type CouponPatch = z.output<typeof CouponPatch>;

export const CouponQuery = z.strictObject({
  ...pageFields,
  include_archived: FlagParam.optional(),
});
export type CouponQuery = z.output<typeof CouponQuery>;

const CouponId = z.object({ coupon_id: idOf("cpn") });
const writers = {
  audience: ["staff", "service"],
  permission: "billing:write",
} as const;

export const couponsApi = {
  list: endpoint({
    id: "coupons.list",
    method: "GET",
    path: "/v1/coupons",
    summary: "List coupons, newest first",
    audience: ["staff", "service"],
    permission: "billing:read",
    query: CouponQuery,
    response: pageOf(Coupon),
  }),
  create: endpoint({
    id: "coupons.create",
    method: "POST",
    path: "/v1/coupons",
    summary: "Create a coupon",
    ...writers,
    status: 201,
    body: CouponInput,
    response: Coupon,
    errors: ["CONFLICT"],
    example: { code: "LAUNCH20", name: "Launch", percent: "20" },
  }),
  update: endpoint({
    id: "coupons.update",
    method: "PATCH",
    path: "/v1/coupons/{coupon_id}",
    summary: "Change a coupon's name, end or number of uses",
    ...writers,
    params: CouponId,
    body: CouponPatch,
    response: Coupon,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { name: "Launch week" },
  }),
  remove: endpoint({
    id: "coupons.remove",
    method: "DELETE",
    path: "/v1/coupons/{coupon_id}",
    summary: "Take a coupon back: nobody can use it any more",
    description:
      "What it was used for keeps it; then it stays in the records, archived.",
    ...writers,
    params: CouponId,
    response: z.object({ id: idOf("cpn"), deleted: z.literal(true) }),
    errors: ["NOT_FOUND"],
  }),
};
