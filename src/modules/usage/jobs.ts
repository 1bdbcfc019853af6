import type { ModuleJobs } from "@/platform/jobs";
import { deleteUsage } from "./queries";
import { ensureUsagePartitions } from "./service/upkeep";

export const usageJobs: ModuleJobs = {
  timers: [
    {
      name: "usage_ensure_partitions",
      cron: "7 2 * * *",
      run: ensureUsagePartitions,
    },
  ],
  listeners: [
    {
      on: "customer.deleted",
      run: (ctx, payload) => deleteUsage(ctx, String(payload["customer_id"])),
    },
  ],
};
