import { importUsage, type ImportedEvent } from "@/modules/usage";
import type { Ctx } from "@/platform/context";
import { addSeconds, startOfUtcDay } from "@/shared/time";
import type { Dice } from "./random";

const daySeconds = 24 * 60 * 60;

/** How a customer calls: about so many calls a day, growing or shrinking by the day. */
export type Habit = {
  customerId: string;
  keyId: string | null;
  callsPerDay: number;
  growth: number;
};

/** What an event is about, beside its customer and time. */
export type Flavor = (
  dice: Dice,
) => Omit<ImportedEvent, "id" | "customer_id" | "key_id" | "occurred_at">;

/** Usage of the last `days` days by these habits: quiet nights, quieter weekends, some errors. */
export async function addUsage(
  ctx: Ctx,
  dice: Dice,
  habits: Habit[],
  days: number,
  flavor: Flavor,
): Promise<void> {
  const today = startOfUtcDay(ctx.now());
  let batch: ImportedEvent[] = [];
  for (let ago = days - 1; ago >= 0; ago -= 1) {
    const day = addSeconds(today, -ago * daySeconds);
    for (const habit of habits) {
      const calls = callsOn(dice, habit, day, days - ago);
      for (let i = 0; i < calls; i += 1) {
        const at = addSeconds(day, secondOfDay(dice));
        if (at >= ctx.now()) continue;
        batch.push({
          ...flavor(dice),
          id: `seed-${day.toISOString().slice(0, 10)}-${i}`,
          customer_id: habit.customerId,
          key_id: habit.keyId,
          occurred_at: at.toISOString(),
        });
      }
    }
    if (batch.length >= 5_000 || ago === 0) {
      await importUsage(ctx, batch);
      batch = [];
    }
  }
}

function callsOn(dice: Dice, habit: Habit, day: Date, nth: number): number {
  const weekend = day.getUTCDay() % 6 === 0 ? 0.45 : 1;
  const trend = 1 + habit.growth * nth;
  const noise = 0.75 + dice.next() * 0.5;
  return Math.max(0, Math.round(habit.callsPerDay * weekend * trend * noise));
}

// Around the early afternoon, by the sum of two throws.
function secondOfDay(dice: Dice): number {
  const hour = (dice.next() + dice.next()) * 12;
  return Math.floor(hour * 3_600) + dice.whole(0, 59);
}
