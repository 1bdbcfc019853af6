import type { Ctx } from "@/platform/context";
import { startOfUtcDay, startOfUtcMonth } from "@/shared/time";
import { ensurePartitions } from "../queries";
import { compactBreakdown } from "../queries/upkeep";

/** Make the partitions of events two months back and ahead; at boot, and daily. */
export async function ensureUsagePartitions(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  await ensurePartitions(startOfUtcMonth(now, -2), startOfUtcMonth(now, 2));
}

/** Read fewer rows for everyone's usage of the days that are over; nightly. */
export async function compactUsageBreakdown(ctx: Ctx): Promise<void> {
  await compactBreakdown(ctx, startOfUtcDay(ctx.now()));
}
