export { usageJobs } from "./jobs";
export { importUsage, ingestUsage, type ImportedEvent } from "./service/ingest";
export { flushRefusals, noteRefusal } from "./service/refusals";
export {
  summarizeOwnUsage,
  summarizeUsage,
  usageTotals,
  usageTrends,
} from "./service/summaries";
export { ensureUsagePartitions } from "./service/upkeep";
