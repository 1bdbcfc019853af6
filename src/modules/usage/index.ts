export { usageJobs } from "./jobs";
export { eraseUsage } from "./queries/erase";
export { usageDashboard } from "./service/dashboard";
export { exportUsage } from "./service/export";
export { importUsage, ingestUsage, type ImportedEvent } from "./service/ingest";
export { keyCalls } from "./service/key-calls";
export { listUsageEvents } from "./service/log";
export { standingOf, usedOf, type Standing } from "./service/quotas";
export { recordUsageReading } from "./service/readings";
export { recountUsage } from "./service/recount";
export { flushRefusals, noteRefusal } from "./service/refusals";
export { rerateUsage } from "./service/rerate";
export { previewRetention, runRetention } from "./service/retention";
export {
  customerCalls,
  lifetimeCalls,
  summarizeOwnUsage,
  summarizeUsage,
  usageTotals,
  usageTrends,
} from "./service/summaries";
export { ensureUsagePartitions } from "./service/upkeep";
