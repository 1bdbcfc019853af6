import * as z from "zod";
import { Limits, Window, WindowUsage } from "@/modules/limits/contract";
import { endpoint } from "@/shared/endpoint";
import { count, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";

export const accessCodes = [
  "VALID",
  "NOT_FOUND",
  "DISABLED",
  "EXPIRED",
  "FORBIDDEN",
  "CUSTOMER_SUSPENDED",
  "CUSTOMER_EXPIRED",
  "RATE_LIMITED",
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

export const CheckInput = z
  .strictObject({
    ...subject,
    cost: count(1, 1_000_000).default(1),
    resource: text(200).optional().meta({
      description: "what is asked for, such as a route: kept with refusals",
    }),
  })
  .refine(oneSubject, choose)
  .meta({ id: "CheckInput" });
export type CheckInput = z.output<typeof CheckInput>;

export const VerifyInput = z
  .strictObject({ key: z.string().min(1).max(200) })
  .meta({ id: "VerifyInput" });

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
  })
  .meta({ id: "Decision" });
export type Decision = z.output<typeof Decision>;

const query = z.strictObject({
  enforce: z.enum(["status"]).optional().meta({
    description:
      "`status` answers a refusal with 429 or 403, for hosts that pass it on",
  }),
});

export const accessApi = {
  check: endpoint({
    id: "access.check",
    method: "POST",
    path: "/v1/check",
    summary: "Decide whether a call may go ahead, and count it if so",
    description:
      "All or nothing: a refused call consumes no window. Send the key that the caller gave, or the customer's id.",
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
};
