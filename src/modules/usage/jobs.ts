import type { ModuleJobs } from "@/platform/jobs";
import { ensureUsagePartitions } from "./service/upkeep";

export const usageJobs: ModuleJobs = {
  timers: [
    {
      name: "usage_ensure_partitions",
      cron: "7 2 * * *",
      run: ensureUsagePartitions,
    },
  ],
};
