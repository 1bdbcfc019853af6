import type { FiveWindows } from "@/modules/limits";
import type { Limits, WindowUsage } from "@/modules/limits/contract";
import type { Decision } from "./contract";
import { refusalMessage } from "./message";
import type { AccessQuestion } from "./queries/check";
import type { AccessRow } from "./queries/row";

/** The answer to whoever presents what is no key of ours. */
export const unknownKey: Decision = {
  code: "NOT_FOUND",
  valid: false,
  message: refusalMessage("NOT_FOUND"),
  customer: null,
  key_id: null,
  limits: null,
  usage: null,
  remaining: null,
  window: null,
  retry_after: null,
  quota: null,
  spend: null,
  feature: null,
  reservation: null,
};

/** The answer to a call that is let through though nobody could decide it. */
export const undecided: Decision = {
  ...unknownKey,
  code: "VALID",
  valid: true,
  message: "The call may go ahead. Its limits could not be asked.",
  degraded: true,
};

/** What the database decided, as the API says it. */
export function toDecision(
  row: AccessRow & { code: Decision["code"] },
  question: AccessQuestion,
): Decision {
  const limits = row.limits && toLimits(row.limits);
  const window = row.refusing ?? row.tightest;
  const quota = toQuota(row);
  return {
    code: row.code,
    valid: row.code === "VALID",
    message: refusalMessage(row.code, {
      limits,
      window,
      quota,
      cap: row.spend?.cap ?? null,
      feature: question.feature ?? null,
      cost: question.cost,
      retryAfterMs: row.retryAfterMs,
    }),
    customer: row.customer,
    key_id: row.keyId,
    limits,
    usage: row.used && toUsage(row.used),
    remaining: row.limits && row.used && toRemaining(row.limits, row.used),
    window,
    retry_after: row.retryAfterMs === null ? null : row.retryAfterMs / 1000,
    quota,
    spend: toSpend(row),
    feature:
      row.feature && question.feature !== undefined
        ? { name: question.feature, ...row.feature }
        : null,
    reservation: toReservation(row, question),
  };
}

function toQuota({ meter, quota, periodEnd }: AccessRow): Decision["quota"] {
  if (!quota || meter === null || periodEnd === null) return null;
  const { limit, used } = quota;
  return {
    meter,
    used,
    limit,
    remaining: Math.max(0, limit - used),
    resets_at: periodEnd,
  };
}

function toSpend({ spend, periodEnd }: AccessRow): Decision["spend"] {
  if (!spend || periodEnd === null) return null;
  const { cap, used, remaining } = spend;
  return {
    cap,
    used,
    remaining: remaining.startsWith("-") ? "0" : remaining,
    currency: "USD",
    resets_at: periodEnd,
  };
}

function toReservation(
  { meter, reservation }: AccessRow,
  { reserve }: AccessQuestion,
): Decision["reservation"] {
  if (!reservation || !reserve) return null;
  return {
    id: reservation.id,
    meter,
    amount: reserve.amount,
    spend: reserve.spend ?? "0",
    expires_at: reservation.expiresAt,
  };
}

function toLimits(five: FiveWindows): Limits {
  const [per_second, per_minute, per_hour, per_day, per_month] = five;
  return {
    per_second: per_second ?? null,
    per_minute: per_minute ?? null,
    per_hour: per_hour ?? null,
    per_day: per_day ?? null,
    per_month: per_month ?? null,
  };
}

function toUsage(five: FiveWindows): WindowUsage {
  const [second, minute, hour, day, month] = five;
  return {
    second: second ?? 0,
    minute: minute ?? 0,
    hour: hour ?? 0,
    day: day ?? 0,
    month: month ?? 0,
  };
}

function toRemaining(
  limits: FiveWindows,
  used: FiveWindows,
): NonNullable<Decision["remaining"]> {
  const left = limits.map((limit, i) =>
    limit === null ? null : Math.max(0, limit - (used[i] ?? 0)),
  );
  const [second = null, minute = null, hour = null, day = null, month = null] =
    left;
  return { second, minute, hour, day, month };
}
