import type { Ctx } from "@/platform/context";
import { startOfUtcMonth } from "@/shared/time";
import { ensurePartitions } from "../queries";

/** Make the partitions of events two months back and ahead; at boot, and daily. */
export async function ensureUsagePartitions(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  await ensurePartitions(startOfUtcMonth(now, -2), startOfUtcMonth(now, 2));
}
