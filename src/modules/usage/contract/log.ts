import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { countParam, FlagParam, Instant, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";

const whole = z.number().int();

/** An event as it was booked. */
export const LoggedEvent = z
  .object({
    id: z.string(),
    customer: z.object({ id: idOf("cus"), name: z.string() }),
    key: z.object({ id: idOf("key"), name: z.string().nullable() }).nullable(),
    occurred_at: z.iso.datetime(),
    received_at: z.iso.datetime(),
    meter: z.string(),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    endpoint: z.string().nullable(),
    method: z.string().nullable(),
    status_code: whole.nullable(),
    duration_ms: whole.nullable(),
    tokens_input: whole,
    tokens_output: whole,
    tokens_cached: whole,
    tokens_reasoning: whole,
    quantity: z.number(),
    cost: z.string().nullable().meta({
      description: "decimal text in USD; null when nothing gave it one",
    }),
    price_id: idOf("prc").nullable().meta({
      description: "the price that gave the cost; null when the event named it",
    }),
    unpriced: z.boolean(),
    code: z.string().nullable().meta({
      description: "why the call was refused; null for a call that was made",
    }),
    properties: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "LoggedEvent" });
export type LoggedEvent = z.output<typeof LoggedEvent>;

export const statusClasses = ["2xx", "3xx", "4xx", "5xx"] as const;

export const eventFilters = {
  customer_id: idOf("cus").optional(),
  key_id: idOf("key").optional(),
  meter: text(64).optional(),
  provider: text(64).optional(),
  model: text(128).optional(),
  endpoint: text(256).optional(),
  status: z.enum(statusClasses).optional().meta({
    description: "the class of the status code",
  }),
  code: text(64).optional().meta({
    description: "why calls were refused, such as RATE_LIMITED",
  }),
  refused: FlagParam.optional().meta({
    description: "true: only refused calls; false: only calls that were made",
  }),
  unpriced: FlagParam.optional(),
  from: Instant.optional(),
  to: Instant.optional().meta({ description: "not included" }),
};

export const EventQuery = z.strictObject({
  ...eventFilters,
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,600}$/, { error: "must be a next_cursor" })
    .optional(),
  limit: countParam(1, 100).default(50),
});
export type EventQuery = z.output<typeof EventQuery>;
export type EventFilters = Omit<EventQuery, "cursor" | "limit">;

export const ExportQuery = z.strictObject({
  ...eventFilters,
  format: z.enum(["csv", "xlsx"]).default("csv"),
  of: z.enum(["events", "days"]).default("events").meta({
    description: "each event, or sums by customer and UTC day",
  }),
});
export type ExportQuery = z.output<typeof ExportQuery>;

const readers = {
  audience: ["staff", "service", "customer"],
  permission: "usage:read",
} as const;

export const usageLogApi = {
  list: endpoint({
    id: "usage.events",
    method: "GET",
    path: "/v1/usage/events",
    summary: "List usage events, newest first; customers see their own",
    description:
      "A page may have fewer events than asked for, even none, with a next_cursor: then it took long to look so far, and the next page goes on from there. The end is a next_cursor of null.",
    ...readers,
    query: EventQuery,
    response: z.object({
      items: z.array(LoggedEvent),
      next_cursor: z.string().nullable(),
    }),
    errors: ["NOT_FOUND"],
  }),
  export: endpoint({
    id: "usage.export",
    method: "GET",
    path: "/v1/usage/export",
    summary: "Download usage events, or sums by day, as CSV or XLSX",
    description:
      "The filters are those of the list; sums by day take customer_id, from and to. Streamed, newest first; the last 30 days unless from says otherwise. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
    ...readers,
    query: ExportQuery,
    files: [
      "text/csv",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
    response: z.string().meta({ description: "a file", format: "binary" }),
    errors: ["NOT_FOUND"],
  }),
};
