import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { FlagParam } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";

export const alertKinds = [
  "threshold",
  "projection",
  "unpriced",
  "expiring",
] as const;
export const AlertKind = z.enum(alertKinds);
export type AlertKind = z.output<typeof AlertKind>;

/** Something to know about usage, told once until it no longer holds. */
export const Alert = z
  .object({
    id: idOf("alr"),
    kind: AlertKind,
    customer: z
      .object({ id: idOf("cus"), name: z.string() })
      .nullable()
      .meta({ description: "null for what concerns the whole app" }),
    meter: z
      .object({ name: z.string(), title: z.string(), unit: z.string() })
      .nullable(),
    threshold: z.number().int().meta({
      description: "percent of the limit, or days until the end of access",
    }),
    limit: z.string().nullable().meta({ description: "decimal text" }),
    value: z.string().nullable().meta({
      description: "what was used, or is projected, when it was raised",
    }),
    percentage: z.number().nullable(),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    expires_at: z.iso.datetime().nullable(),
    period_start: z.iso.datetime().nullable(),
    recommendation: z
      .object({
        text: z.string(),
        href: z.string().nullable().meta({ description: "a path of this app" }),
      })
      .meta({ description: "what its reader can do about it, and where" }),
    created_at: z.iso.datetime(),
    recovered_at: z.iso.datetime().nullable().meta({
      description: "since when it no longer holds",
    }),
    read_at: z.iso.datetime().nullable().meta({
      description: "when the team, or for customers their people, read it",
    }),
  })
  .meta({ id: "Alert" });
export type Alert = z.output<typeof Alert>;

export const alertStates = ["open", "recovered", "all"] as const;
const filters = {
  ...cursorFields(idOf("alr")),
  kind: AlertKind.optional(),
  state: z.enum(alertStates).default("all").meta({
    description: "open: those that hold still",
  }),
  unread: FlagParam.optional().meta({ description: "true: unread ones only" }),
};

export const AlertQuery = z.strictObject({
  ...filters,
  customer_id: idOf("cus").optional(),
});
export type AlertQuery = z.output<typeof AlertQuery>;

export const AlertPage = cursorPageOf(Alert).extend({
  unread: z.number().int().meta({
    description: "open and unread, counted to a hundred",
  }),
});
export type AlertPage = z.output<typeof AlertPage>;

const everyone = {
  audience: ["staff", "service", "customer"],
  permission: "usage:read",
} as const;

export const alertsApi = {
  list: endpoint({
    id: "alerts.list",
    method: "GET",
    path: "/v1/alerts",
    summary: "List alerts, newest first; customers see their own",
    ...everyone,
    query: AlertQuery,
    response: AlertPage,
    errors: ["NOT_FOUND"],
  }),
  customer: endpoint({
    id: "alerts.customer",
    method: "GET",
    path: "/v1/customers/{customer_id}/alerts",
    summary: "List a customer's alerts, newest first",
    audience: ["staff", "service"],
    permission: "usage:read",
    params: CustomerId,
    query: z.strictObject(filters),
    response: AlertPage,
    errors: ["NOT_FOUND"],
  }),
  read: endpoint({
    id: "alerts.read",
    method: "POST",
    path: "/v1/alerts/{alert_id}/read",
    summary: "Mark an alert as read",
    description:
      "By staff for the team, and by a customer's people for their customer.",
    ...everyone,
    params: z.object({ alert_id: idOf("alr") }),
    response: Alert,
    errors: ["NOT_FOUND"],
  }),
};
