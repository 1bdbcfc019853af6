import { AuditQuery } from "../contract";

/** The filters of the log as they are named in the address: as in the API. */
export const auditFilters = [
  "actor_id",
  "action",
  "target_id",
  "customer_id",
  "created[gte]",
  "created[lte]",
] as const;
export type AuditFilter = (typeof auditFilters)[number];

/** The part of the log that an address asks for; what makes no sense is left out. */
export function toAuditQuery(
  params: Record<string, string | string[] | undefined>,
): AuditQuery {
  const given = auditFilters.flatMap((name) => {
    const value = params[name];
    if (typeof value !== "string" || value === "") return [];
    return AuditQuery.shape[name].safeParse(value).success
      ? [[name, value] as const]
      : [];
  });
  return AuditQuery.parse(Object.fromEntries(given));
}
