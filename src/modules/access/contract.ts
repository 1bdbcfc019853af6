import * as z from "zod";
import { Limits, Window, WindowUsage } from "@/modules/limits/contract";
import { endpoint } from "@/shared/endpoint";
import { count, DecimalText, Instant, Slug, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";

export const accessCodes = [
  "VALID",
  "NOT_FOUND",
  "DISABLED",
  "EXPIRED",
  "FORBIDDEN",
  "CUSTOMER_SUSPENDED",
  "CUSTOMER_EXPIRED",
  "SUBSCRIPTION_INACTIVE",
  "FEATURE_NOT_GRANTED",
  "RATE_LIMITED",
  "QUOTA_EXCEEDED",
  "SPEND_CAP_REACHED",
] as const;
export const AccessCode = z.enum(accessCodes);
export type AccessCode = z.output<typeof AccessCode>;

const subject = {
  key: z.string().min(1).max(200).optional().meta({
    description: "an API key's secret",
    example: "sk_live_…",
  }),
  customer_id: idOf("cus").optional(),
};
const oneSubject = (input: {
  key?: string | undefined;
  customer_id?: string | undefined;
}) => (input.key === undefined) !== (input.customer_id === undefined);
const choose = {
  path: ["key"],
  error: "give either key or customer_id, and not both",
};

const ip = z
  .union([z.ipv4(), z.ipv6()], { error: "must be an IPv4 or IPv6 address" })
  .optional()
  .meta({
    description:
      "where the call comes from; keys with allowed addresses need it",
    example: "203.0.113.7",
  });
const conditions = {
  feature: Slug.optional().meta({ description: "a feature that must be had" }),
  meter: Slug.optional().meta({
    description: "the meter whose quota the call takes its cost from",
  }),
};

/** What a call may use until it has ended, and its true amount is known. */
export const ReserveInput = z.strictObject({
  amount: z.number().min(0).max(1_000_000_000_000).default(0).meta({
    description: "held of the meter's quota, in the meter's unit",
  }),
  spend: DecimalText.optional().meta({
    description: "held of the spend cap, in USD",
  }),
  ttl: count(1, 86_400).default(300).meta({
    description: "seconds until it is given back by itself",
  }),
});

export const CheckInput = z
  .strictObject({
    ...subject,
    ...conditions,
    cost: count(1, 1_000_000).default(1).meta({
      description:
        "of the windows and of the meter; with a meter that counts something else than calls, of that alone, and the windows count one call",
    }),
    resource: text(200).optional().meta({
      description: "what is asked for, such as a route: kept with refusals",
    }),
    ip,
    reserve: ReserveInput.optional().meta({
      description:
        "Hold this much instead of taking the cost; settle or release it when the call has ended.",
    }),
  })
  .refine(oneSubject, choose)
  .refine(
    ({ reserve, meter, feature }) =>
      !reserve?.amount || meter !== undefined || feature !== undefined,
    { path: ["meter"], error: "is required to reserve an amount of" },
  )
  .meta({ id: "CheckInput" });
export type CheckInput = z.output<typeof CheckInput>;

export const VerifyInput = z
  .strictObject({ key: z.string().min(1).max(200), ...conditions, ip })
  .meta({ id: "VerifyInput" });
export type VerifyInput = z.output<typeof VerifyInput>;

/** What is used of a quota: reported by events, taken by checks, and held. */
export const QuotaState = z.object({
  meter: z.string(),
  used: z.number(),
  limit: z.number(),
  remaining: z.number(),
  resets_at: Instant,
});

/** The same of a spend cap, in USD. */
export const SpendState = z.object({
  used: z.string(),
  cap: z.string(),
  remaining: z.string(),
  currency: z.literal("USD"),
  resets_at: Instant,
});

/** The answer to an access check. */
export const Decision = z
  .object({
    code: AccessCode,
    valid: z.boolean(),
    message: z.string(),
    customer: z.object({ id: idOf("cus"), name: z.string() }).nullable(),
    key_id: idOf("key").nullable(),
    limits: Limits.nullable(),
    usage: WindowUsage.nullable(),
    remaining: z
      .object({
        second: z.number().int().nullable(),
        minute: z.number().int().nullable(),
        hour: z.number().int().nullable(),
        day: z.number().int().nullable(),
        month: z.number().int().nullable(),
      })
      .nullable()
      .meta({ description: "per window; null is unlimited" }),
    window: Window.nullable().meta({
      description: "the window that refused, or the tightest one",
    }),
    retry_after: z.number().nullable().meta({
      description:
        "seconds until the same call passes; null when it passes now or never",
    }),
    quota: QuotaState.nullable().meta({
      description: "of the meter asked for; null without a quota",
    }),
    spend: SpendState.nullable().meta({ description: "null without a cap" }),
    feature: z
      .object({
        name: z.string(),
        kind: z.enum(["boolean", "static", "metered"]),
        value: z.unknown(),
      })
      .nullable(),
    reservation: z
      .object({
        id: idOf("rsv"),
        meter: z.string().nullable(),
        amount: z.number(),
        spend: z.string(),
        expires_at: Instant,
      })
      .nullable(),
    degraded: z.boolean().optional().meta({
      description:
        "true when the windows could not be asked and the settings let such calls pass",
    }),
  })
  .meta({ id: "Decision" });
export type Decision = z.output<typeof Decision>;

const query = z.strictObject({
  enforce: z.enum(["status"]).optional().meta({
    description:
      "`status` answers a refusal with 429 or 403, for hosts that pass it on",
  }),
});

export const Reservation = z
  .object({
    id: idOf("rsv"),
    customer_id: idOf("cus"),
    meter: z.string().nullable(),
    status: z.enum(["held", "settled", "released", "expired"]),
    amount: z.number(),
    spend: z.string(),
    settled_amount: z.number().nullable(),
    settled_spend: z.string().nullable(),
    expires_at: Instant,
  })
  .meta({ id: "Reservation" });
export type Reservation = z.output<typeof Reservation>;

export const SettleInput = z
  .strictObject({
    amount: z.number().min(0).max(1_000_000_000_000).default(0).meta({
      description: "what was used of the meter",
    }),
    spend: DecimalText.optional().meta({
      description: "what was spent, in USD",
    }),
  })
  .meta({ id: "SettleInput" });
export type SettleInput = z.output<typeof SettleInput>;

const ReservationId = z.strictObject({ reservation_id: idOf("rsv") });

export const accessApi = {
  check: endpoint({
    id: "access.check",
    method: "POST",
    path: "/v1/check",
    summary: "Decide whether a call may go ahead, and count it if so",
    description:
      "All or nothing: a refused call uses no window and no quota. Send the key that the caller gave, or the customer's id. With a meter, the cost is taken from its quota until usage events report it; with `reserve`, an amount is held until it is settled, released or expires.",
    audience: ["staff", "service"],
    permission: "access:check",
    limit: "hot",
    query,
    body: CheckInput,
    response: Decision,
    errors: ["RATE_LIMITED", "UNAVAILABLE"],
    example: { key: "sk_live_…", cost: 1 },
  }),
  verify: endpoint({
    id: "access.verify",
    method: "POST",
    path: "/v1/keys/verify",
    summary: "Make the same decision without counting the call",
    audience: ["staff", "service"],
    permission: "access:check",
    limit: "hot",
    query,
    body: VerifyInput,
    response: Decision,
    errors: ["RATE_LIMITED", "UNAVAILABLE"],
    example: { key: "sk_live_…" },
  }),
  settle: endpoint({
    id: "access.settle",
    method: "POST",
    path: "/v1/check/{reservation_id}/settle",
    summary: "Book what a call truly used, and give back the rest",
    description:
      "Also after the reservation has expired, since the use was real. Usage events that report the same use later replace what is booked here. Settling again with the same amounts changes nothing.",
    audience: ["staff", "service"],
    permission: "access:check",
    limit: "hot",
    params: ReservationId,
    body: SettleInput,
    response: Reservation,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { amount: 1250, spend: "0.0042" },
  }),
  release: endpoint({
    id: "access.release",
    method: "POST",
    path: "/v1/check/{reservation_id}/release",
    summary: "Give back all that a reservation holds",
    audience: ["staff", "service"],
    permission: "access:check",
    limit: "hot",
    params: ReservationId,
    response: Reservation,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
