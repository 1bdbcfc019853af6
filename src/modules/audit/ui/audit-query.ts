import { call } from "@/client/call";
import type { LogPage } from "@/ui/log/use-older";
import { auditApi, AuditQuery, type AuditEntry } from "../contract";
import { auditFilters } from "./audit-filters";

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

/** The entries of such a part that come after `cursor`. */
export function loadOlder(
  params: Record<string, string | undefined>,
  cursor: string,
): Promise<LogPage<AuditEntry>> {
  return call(auditApi.list, { query: { ...toAuditQuery(params), cursor } });
}
