import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { searchText } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";

/** One thing that somebody did. */
export const AuditEntry = z
  .object({
    id: idOf("aud"),
    action: z.string(),
    actor: z.object({
      kind: z.enum(["staff", "customer", "service", "system", "public"]),
      id: z.string().nullable(),
      name: z.string(),
    }),
    target: z.object({ kind: z.string(), id: z.string() }),
    customer_id: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    ip: z.string().nullable(),
    request_id: z.string().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.output<typeof AuditEntry>;

export const AuditQuery = z.strictObject({
  ...cursorFields(idOf("aud")),
  customer_id: idOf("cus").optional(),
  action: searchText(100).optional(),
});
export type AuditQuery = z.output<typeof AuditQuery>;

export const auditApi = {
  list: endpoint({
    id: "audit.list",
    method: "GET",
    path: "/v1/audit-log",
    summary: "List what was done, newest first",
    audience: ["staff", "service"],
    permission: "audit:read",
    query: AuditQuery,
    response: cursorPageOf(AuditEntry),
  }),
  customer: endpoint({
    id: "audit.customer",
    method: "GET",
    path: "/v1/customers/{customer_id}/activity",
    summary: "List what was done to a customer, newest first",
    audience: ["staff", "service"],
    permission: "customers:read",
    params: z.object({ customer_id: idOf("cus") }),
    query: z.strictObject(cursorFields(idOf("aud"))),
    response: cursorPageOf(AuditEntry),
    errors: ["NOT_FOUND"],
  }),
};
