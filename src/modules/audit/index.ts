export { assertUnchanged } from "./unchanged";
export { auditJobs } from "./jobs";
export {
  listCustomerEntries,
  listEntries,
  listTargetEntries,
} from "./service/list";
export { record } from "./service/record";
export { sealAudit } from "./service/seal";
export { verifyAudit, type AuditVerdict } from "./service/verify";
