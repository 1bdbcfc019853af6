import { record } from "@/modules/audit";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid } from "@/shared/errors";
import { namedId } from "@/shared/ids";
import { startOfUtcDay, utcDay } from "@/shared/time";
import type { Mended } from "../contract/upkeep";
import {
  findKeptFrom,
  forAllCustomers,
  recountMeters,
  recountRollups,
  recountTotals,
} from "../queries/upkeep";

const batch = 200;
/** Days that are recounted every night, today included. */
const nightlyDays = 3;

export type RecountInput = {
  /** UTC days, both included */
  from: string;
  to: string;
  customerId?: string | null;
};

/**
 * Count the events of some days again, and make rollups and meters what they say; writers need not
 * stop. What was mended goes to the audit log, and out as the event `usage.recounted`. Needs
 * settings:write; throws VALIDATION_FAILED for days whose events are gone.
 */
export async function recountUsage(
  ctx: Ctx,
  { from, to, customerId = null }: RecountInput,
): Promise<{ mended: Mended[] }> {
  authorize(ctx, "settings:write");
  const keptFrom = await findKeptFrom(ctx);
  if (from > to)
    throw invalid([{ field: "from", message: "must not be after to" }]);
  if (!keptFrom || new Date(from) < keptFrom)
    throw invalid([
      {
        field: "from",
        message: `must not lie before ${keptFrom ? utcDay(keptFrom) : "the first event"}: the events of the time before are gone`,
      },
    ]);
  const mended: Mended[] = [];
  const recount = async (ids: string[]) => {
    mended.push(...(await recountRollups(ctx, ids, { from, to })));
    mended.push(...(await recountMeters(ctx, ids, { from, to })));
  };
  if (customerId) await recount([customerId]);
  else {
    await forAllCustomers(ctx, batch, recount);
    for (const day of daysBetween(from, to))
      mended.push(...(await recountTotals(ctx, day)));
  }
  if (mended.length > 0) await tell(ctx, { from, to }, mended);
  return { mended };
}

/** The last days, every night. */
export async function recountLastDays(ctx: Ctx): Promise<void> {
  const today = startOfUtcDay(ctx.now());
  const from = startOfUtcDay(today, 1 - nightlyDays);
  const { mended } = await recountUsage(ctx, {
    from: utcDay(from),
    to: utcDay(today),
  });
  ctx.log.info({ mended: mended.length }, "usage recounted");
}

async function tell(
  ctx: Ctx,
  days: { from: string; to: string },
  mended: Mended[],
): Promise<void> {
  const rows = mended.reduce((total, one) => total + one.rows, 0);
  ctx.log.warn({ ...days, mended: mended.slice(0, 100) }, "rollups were wrong");
  await transaction(ctx, async (tx) => {
    await record(tx, {
      action: "usage.recounted",
      target: { kind: "setting", id: namedId("set", "usage") },
      after: { ...days, rows, mended: mended.slice(0, 100) },
    });
    await emit(tx, { name: "usage.recounted", payload: { ...days, rows } });
  });
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = new Date(from); utcDay(day) <= to; day = startOfUtcDay(day, 1))
    days.push(utcDay(day));
  return days;
}
