export { assertUnchanged } from "./unchanged";
export { auditJobs } from "./jobs";
export {
  listCustomerEntries,
  listEntries,
  listTargetEntries,
} from "./service/list";
export { record } from "./service/record";
export { redactAudit } from "./service/redact";
export { sealAudit } from "./service/seal";
export { verifyAudit, type AuditVerdict } from "./service/verify";
