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
import {
  compactBreakdown,
  forAllCustomers,
  sumUpDays,
} from "../queries/upkeep";

const batch = 500;
/** Whose days are summed up at once, and how many: events wait while it is done. */
const summedAtOnce = { customers: 50, days: 3 };

/** Make the partitions of events two months back and ahead; at boot, and daily. */
export async function ensureUsagePartitions(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  await ensurePartitions(startOfUtcMonth(now, -2), startOfUtcMonth(now, 2));
}

/** Read fewer rows for everyone's usage of the days that are over; nightly. */
export async function compactUsageBreakdown(ctx: Ctx): Promise<void> {
  await compactBreakdown(ctx, startOfUtcDay(ctx.now()));
}

/** Sum up each customer's hours of the days that are over, by every dimension; nightly. */
export async function sumUpUsageDays(ctx: Ctx): Promise<void> {
  const today = utcDay(ctx.now());
  const { customers, days } = summedAtOnce;
  await forAllCustomers(ctx, customers, async (ids) => {
    while ((await sumUpDays(ctx, ids, today, days)) > 0);
  });
}

/**
 * Sum up what each customer called in the months for which no event may come any more, so that their
 * days need not be read; nightly.
 */
export async function sumUpLifetimes(ctx: Ctx): Promise<void> {
  const day = 24 * 60 * 60;
  const settled = addSeconds(ctx.now(), -acceptedBack - day);
  const before = utcDay(startOfUtcMonth(settled));
  await forAllCustomers(ctx, batch, (ids) => addToLifetime(ctx, ids, before));
  await addToLifetimeOfEveryone(ctx, before);
}
