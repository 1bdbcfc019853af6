import type { ModuleJobs } from "@/platform/jobs";
import { deleteUsage } from "./queries";
import { recountLastDays } from "./service/recount";
import { runRetention } from "./service/retention";
import {
  compactUsageBreakdown,
  ensureUsagePartitions,
  sumUpLifetimes,
  sumUpUsageDays,
} from "./service/upkeep";

export const usageJobs: ModuleJobs = {
  timers: [
    {
      name: "usage_ensure_partitions",
      cron: "7 2 * * *",
      run: ensureUsagePartitions,
    },
    {
      name: "usage_compact_breakdown",
      cron: "17 1 * * *",
      run: compactUsageBreakdown,
    },
    { name: "usage_sum_up_days", cron: "27 0 * * *", run: sumUpUsageDays },
    { name: "usage_lifetimes", cron: "47 1 * * *", run: sumUpLifetimes },
    { name: "usage_recount", cron: "23 2 * * *", run: recountLastDays },
    {
      name: "usage_retention",
      cron: "41 3 * * *",
      run: async (ctx) => {
        const { dropped } = await runRetention(ctx);
        ctx.log.info({ dropped }, "usage events dropped");
      },
    },
  ],
  listeners: [
    {
      on: "customer.deleted",
      run: (ctx, payload) => deleteUsage(ctx, String(payload["customer_id"])),
    },
  ],
};
