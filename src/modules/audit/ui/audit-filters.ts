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
