import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Instant, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";

/** What a recount found to differ from the events, and mended. */
export type Mended = {
  rollup: "hourly" | "daily" | "daily_parts" | "totals" | "breakdown" | "meter";
  /** null for the totals of everyone */
  customer_id: string | null;
  meter: string | null;
  rows: number;
  /** by how much they were off */
  calls: number;
  cost: string;
};

export const RetentionResult = z
  .object({
    keep_months: z.number().int(),
    dropped: z.array(z.string()).meta({
      description:
        "months whose events are gone, such as 2025-01; sums of them stay",
    }),
    kept_from: z.iso.datetime().nullable(),
  })
  .meta({ id: "RetentionResult" });
export type RetentionResult = z.output<typeof RetentionResult>;

/** What retention would drop if it ran now. */
export const RetentionPreview = z
  .object({
    keep_months: z.number().int(),
    kept_from: z.iso.datetime().nullable(),
    would_drop: z.array(
      z.object({
        month: z.string().meta({ example: "2025-01" }),
        events: z.number().int().meta({
          description: "of the month, by the sums of its days",
        }),
        bytes: z.number().int().meta({ description: "of disk, freed" }),
      }),
    ),
  })
  .meta({ id: "RetentionPreview" });
export type RetentionPreview = z.output<typeof RetentionPreview>;

/** Events priced in one go; more are refused, so that no change runs for minutes. */
export const mostRerated = 50_000;

export const RerateInput = z
  .strictObject({
    from: Instant,
    to: Instant,
    provider: text(64).optional(),
    model: text(128).optional(),
    customer_id: idOf("cus").optional(),
    apply: z.boolean().default(false).meta({
      description: "false only says what would change",
    }),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ["to"],
    error: "must lie after from",
  })
  .meta({ id: "RerateInput" });
export type RerateInput = z.output<typeof RerateInput>;

const amounts = {
  events: z.number().int(),
  newly_priced: z.number().int().meta({
    description: "events that had no price before",
  }),
  cost_before: z.string(),
  cost_after: z.string(),
  difference: z.string(),
};

/** What the price book of today makes of what was used: decimal text in USD. */
export const RerateResult = z
  .object({
    applied: z.boolean(),
    events_checked: z.number().int(),
    ...amounts,
    customers: z.array(
      z.object({ customer_id: idOf("cus"), name: z.string(), ...amounts }),
    ),
  })
  .meta({ id: "RerateResult" });
export type RerateResult = z.output<typeof RerateResult>;

export const upkeepApi = {
  rerate: endpoint({
    id: "usage.rerate",
    method: "POST",
    path: "/v1/price-book/rerate",
    summary: "Price what was used anew, by the price book as it is now",
    description: `Of a time from which events are kept. First without apply, to see each customer's difference; then with it: costs, sums, spend and its alerts change together, or not at all. Events whose cost came with them stay. At most ${mostRerated.toLocaleString("en")} priced events at once: name a shorter time, a customer or a model for more.`,
    audience: ["staff", "service"],
    permission: "plans:write",
    body: RerateInput,
    response: RerateResult,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      from: "2026-11-01T00:00:00Z",
      to: "2026-11-02T00:00:00Z",
      provider: "openai",
      apply: true,
    },
  }),
  previewRetention: endpoint({
    id: "usage.previewRetention",
    method: "GET",
    path: "/v1/system/retention",
    summary: "See which months of events retention would drop now",
    audience: ["staff", "service"],
    permission: "settings:read",
    response: RetentionPreview,
  }),
  retention: endpoint({
    id: "usage.runRetention",
    method: "POST",
    path: "/v1/system/retention/run",
    summary: "Drop the events of months that need not be kept, now",
    description:
      "Whole months older than the setting retention.usage_events_months, which is done every night too. Months stay for which events may still come, or in which an open billing period began. Sums stay, and that an event counts once.",
    audience: ["staff", "service"],
    permission: "settings:write",
    response: RetentionResult,
    errors: ["UNAVAILABLE"],
  }),
};
