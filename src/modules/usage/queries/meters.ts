import type { Ctx } from "@/platform/context";

/** A meter that readings can feed: of the quantity of events that have its own name. */
export async function findReadMeter(
  ctx: Ctx,
  name: string,
): Promise<{ eventMeter: string } | null> {
  const row = await ctx.db.meter.findFirst({
    where: {
      name,
      archived_at: null,
      aggregation: { in: ["sum", "latest", "max"] },
      field: "quantity",
      event_meter: { not: null },
      provider: null,
      model: null,
    },
    select: { event_meter: true },
  });
  return row?.event_meter ? { eventMeter: row.event_meter } : null;
}
