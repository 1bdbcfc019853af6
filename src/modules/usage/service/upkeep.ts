import type { Ctx } from "@/platform/context";
import {
  addSeconds,
  startOfUtcDay,
  startOfUtcMonth,
  utcDay,
} from "@/shared/time";
import { acceptedBack } from "../event";
import { ensurePartitions } from "../queries";
import { addToLifetime, addToLifetimeOfEveryone } from "../queries/lifetime";
import { compactBreakdown, listCustomerIds } from "../queries/upkeep";

const batch = 500;

/** Make the partitions of events two months back and ahead; at boot, and daily. */
export async function ensureUsagePartitions(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  await ensurePartitions(startOfUtcMonth(now, -2), startOfUtcMonth(now, 2));
}

/** Read fewer rows for everyone's usage of the days that are over; nightly. */
export async function compactUsageBreakdown(ctx: Ctx): Promise<void> {
  await compactBreakdown(ctx, startOfUtcDay(ctx.now()));
}

/**
 * Sum up what each customer called in the months for which no event may come any more, so that their
 * days need not be read; nightly.
 */
export async function sumUpLifetimes(ctx: Ctx): Promise<void> {
  const day = 24 * 60 * 60;
  const settled = addSeconds(ctx.now(), -acceptedBack - day);
  const before = utcDay(startOfUtcMonth(settled));
  for (let after: string | null = null; ;) {
    const ids: string[] = await listCustomerIds(ctx, after, batch);
    if (ids.length === 0) break;
    await addToLifetime(ctx, ids, before);
    after = ids.at(-1) ?? null;
  }
  await addToLifetimeOfEveryone(ctx, before);
}
