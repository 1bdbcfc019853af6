import type { DraftLine } from "@/modules/invoices";
import {
  chargesOf,
  getPlanVersion,
  type MeterCharge,
  type SoldVersion,
} from "@/modules/plans";
import { chargeFor } from "@/modules/plans/contract/charge-price";
import { usedOf } from "@/modules/usage";
import type { Ctx } from "@/platform/context";
import { decimalText, scaled } from "@/shared/decimal";
import { minorDigits } from "@/shared/money";
import { addSeconds } from "@/shared/time";
import type { Period } from "../period";
import { findLive } from "../queries/subscriptions";
import { findBilledUse, type BilledUse } from "../queries/usage";
import type { Sub } from "../subscription";
import { mainOf } from "./access";

/** Lines for use of meters, and what is to be noted as billed with them. */
export type UsageBill = {
  lines: DraftLine[];
  billed: BilledUse[];
  /** whether use of anything is charged */
  isMetered: boolean;
};

/** As long as events may come late, and a day. */
export const lateSeconds = 36 * 24 * 60 * 60;
const longestPeriod = 366 * 24 * 60 * 60;

/**
 * What use of meters costs in a period that has ended, beyond what the plan includes, and what came
 * late of the periods before it. A customer's use is billed once: by the subscription that its
 * access rests on.
 */
export async function usageBill(
  ctx: Ctx,
  sub: Sub,
  version: SoldVersion,
  period: Period,
): Promise<UsageBill> {
  const charges = chargesOf(version, sub.currency);
  const late = await lateBill(ctx, sub, period);
  if (charges.length === 0) return late;
  const main = mainOf(await findLive(ctx, sub.customerId));
  if (main && main.id !== sub.id) return late;
  const ids = charges.map(({ meter_id }) => meter_id);
  const used = await usedOf(ctx, sub.customerId, ids, period.start);
  const lines: DraftLine[] = [];
  const billed: BilledUse[] = [];
  for (const charge of charges) {
    const quantity = used.get(charge.meter_id) ?? "0";
    const { over, minor } = priced(charge, quantity, sub.currency);
    billed.push({
      ...{ meterId: charge.meter_id, periodStart: period.start },
      ...{ planVersionId: version.id, quantity, minor },
    });
    if (minor > 0n)
      lines.push(lineOf(charge, "overage", over, minor, period.start, period));
  }
  return {
    lines: [...lines, ...late.lines],
    billed: [...billed, ...late.billed],
    isMetered: true,
  };
}

/** What came late of the periods before the one that begins then. */
export async function lateBill(
  ctx: Ctx,
  sub: Sub,
  period: Period,
): Promise<UsageBill> {
  const open = await stillOpen(ctx, sub, period.start);
  const lines: DraftLine[] = [];
  const billed: BilledUse[] = [];
  for (const row of open) {
    const { customerId, currency } = sub;
    const used = await usedOf(ctx, customerId, [row.meterId], row.periodStart);
    const quantity = used.get(row.meterId) ?? "0";
    if (scaled(quantity) === scaled(row.quantity)) continue;
    const version = await getPlanVersion(ctx, row.planVersionId);
    const charge = chargesOf(version, currency).find(
      ({ meter_id }) => meter_id === row.meterId,
    );
    if (!charge) continue;
    const { minor } = priced(charge, quantity, currency);
    billed.push({ ...row, quantity, minor });
    const more = scaled(quantity) - scaled(row.quantity);
    const difference = minor - row.minor;
    if (difference !== 0n)
      lines.push(
        lineOf(charge, "adjustment", more, difference, row.periodStart, {
          start: row.periodStart,
          end: period.start,
        }),
      );
  }
  return { lines, billed, isMetered: open.length > 0 };
}

/** What was billed of the periods that ended so shortly before an instant that more may have come. */
async function stillOpen(
  ctx: Ctx,
  { id }: Sub,
  at: Date,
): Promise<BilledUse[]> {
  const since = addSeconds(at, -lateSeconds);
  const rows = await findBilledUse(ctx, {
    subscriptionId: id,
    since: addSeconds(since, -longestPeriod),
  });
  const before = rows.filter(({ periodStart }) => periodStart < at);
  return before.filter(({ meterId, periodStart }) => {
    const next = before.find(
      (row) => row.meterId === meterId && row.periodStart > periodStart,
    );
    return !next || next.periodStart >= since;
  });
}

function priced(
  { charge, included }: MeterCharge,
  used: string,
  currency: string,
): { over: bigint; minor: bigint } {
  const over = scaled(used) - scaled(included);
  if (over <= 0n) return { over: 0n, minor: 0n };
  return {
    over,
    minor: chargeFor(charge, decimalText(over), minorDigits(currency)),
  };
}

function lineOf(
  { meter_id, meter_title, unit, included, charge }: MeterCharge,
  kind: "overage" | "adjustment",
  quantity: bigint,
  minor: bigint,
  start: Date,
  { end }: Period,
): DraftLine {
  const what = [meter_title, unit && `(${unit})`].filter(Boolean).join(" ");
  const beyond = included === "0" ? "" : ` beyond ${included}`;
  const isPriced = charge.model === "per_unit" && kind === "overage";
  return {
    kind,
    description:
      kind === "overage"
        ? `${what}${beyond}`
        : `${what}: counted after the last invoice`,
    quantity: decimalText(quantity < 0n ? -quantity : quantity),
    unitPrice: isPriced ? charge.unit_price : null,
    minor,
    isDiscountable: false,
    meterId: meter_id,
    periodStart: start,
    periodEnd: end,
  };
}
