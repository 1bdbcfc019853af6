import { record } from "@/modules/audit";
import { settings } from "@/modules/settings";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import { namedId } from "@/shared/ids";
import { startOfUtcMonth } from "@/shared/time";
import type { RetentionPreview, RetentionResult } from "../contract/upkeep";
import { dropMonths, findKeptFrom, listDroppable } from "../queries/upkeep";

/** Which months of events would be dropped now, and how much that is. Needs settings:read. */
export async function previewRetention(ctx: Ctx): Promise<RetentionPreview> {
  authorize(ctx, "settings:read");
  const { keep_months, before } = await bounds(ctx);
  const [would_drop, keptFrom] = await Promise.all([
    listDroppable(ctx, before),
    findKeptFrom(ctx),
  ]);
  return {
    keep_months,
    kept_from: keptFrom && keptFrom.toISOString(),
    would_drop,
  };
}

/**
 * Drop whole months of raw events older than the settings keep; rollups stay. Needs settings:write;
 * throws UNAVAILABLE while the events are in use.
 */
export async function runRetention(ctx: Ctx): Promise<RetentionResult> {
  authorize(ctx, "settings:write");
  const { keep_months, before } = await bounds(ctx);
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

async function bounds(ctx: Ctx) {
  const { retention } = await settings(ctx);
  const keep_months = retention.usage_events_months;
  return { keep_months, before: startOfUtcMonth(ctx.now(), -keep_months) };
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
