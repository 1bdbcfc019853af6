import { record } from "@/modules/audit";
import { settings } from "@/modules/settings";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { namedId } from "@/shared/ids";
import { startOfUtcMonth } from "@/shared/time";
import type { RetentionResult } from "../contract/upkeep";
import { dropMonths, findKeptFrom } from "../queries/upkeep";

/**
 * Drop whole months of raw events older than the settings keep; rollups stay. Needs settings:write;
 * throws UNAVAILABLE while the events are in use.
 */
export async function runRetention(ctx: Ctx): Promise<RetentionResult> {
  authorize(ctx, "settings:write");
  const { retention } = await settings(ctx);
  const keep_months = retention.usage_events_months;
  const before = startOfUtcMonth(ctx.now(), -keep_months);
  return transaction(ctx, async (tx) => {
    const dropped = await dropMonths(tx, before).catch(busy);
    const keptFrom = await findKeptFrom(tx);
    const kept_from = keptFrom && keptFrom.toISOString();
    await record(tx, {
      action: "retention.run",
      target: { kind: "setting", id: namedId("set", "retention") },
      after: { keep_months, dropped, kept_from },
    });
    if (dropped.length > 0)
      await emit(tx, {
        name: "usage.events_dropped",
        payload: { months: dropped.join(" ") },
      });
    return { keep_months, dropped, kept_from };
  });
}

// 55P03: the lock was not to be had in two seconds.
function busy(error: unknown): never {
  if (String(error).includes("55P03") || /lock timeout/.test(String(error)))
    throw new DomainError(
      "UNAVAILABLE",
      "The events are in use. Nothing was dropped; try again in a minute.",
    );
  throw error;
}
