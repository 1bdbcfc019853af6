import { presentedHash } from "@/modules/keys";
import type { Limits, WindowUsage } from "@/modules/limits/contract";
import { noteRefusal } from "@/modules/usage";
import { authorize, type Ctx } from "@/platform/context";
import type { CheckInput, Decision } from "./contract";
import { refusalMessage } from "./message";
import {
  decideAndCount,
  decideOnly,
  type AccessQuestion,
  type AccessRow,
  type FiveWindows,
} from "./queries";

/**
 * Decide whether a call may go ahead, and count it if so: all windows or none. A refusal of a
 * known customer is logged as usage. Needs access:check; rejects when the database does not
 * answer within 2 s.
 */
export async function checkAccess(
  ctx: Ctx,
  input: CheckInput,
): Promise<Decision> {
  authorize(ctx, "access:check");
  const question = toQuestion(input, input.cost);
  if (!question) return unknownKey;
  const row = await decideAndCount(question);
  const decision = toDecision(row, input.cost);
  if (row.customer && !decision.valid)
    noteRefusal(ctx, {
      customer_id: row.customer.id,
      key_id: row.keyId,
      code: row.code,
      endpoint: input.resource ?? null,
    });
  return decision;
}

/** The decision that a call with this key would meet now, counting nothing. */
export async function verifyKey(
  ctx: Ctx,
  input: { key: string },
): Promise<Decision> {
  authorize(ctx, "access:check");
  const question = toQuestion(input, 1);
  return question ? toDecision(await decideOnly(question), 1) : unknownKey;
}

function toQuestion(
  input: { key?: string | undefined; customer_id?: string | undefined },
  cost: number,
): AccessQuestion | null {
  if (input.key === undefined)
    return { keyHash: null, customerId: input.customer_id ?? null, cost };
  const keyHash = presentedHash(input.key);
  return keyHash && { keyHash, customerId: null, cost };
}

const unknownKey: Decision = {
  code: "NOT_FOUND",
  valid: false,
  message: refusalMessage("NOT_FOUND", null, null),
  customer: null,
  key_id: null,
  limits: null,
  usage: null,
  remaining: null,
  window: null,
  retry_after: null,
};

function toDecision(row: AccessRow, cost: number): Decision {
  const limits = row.limits && toLimits(row.limits);
  const valid = row.code === "VALID";
  const window = row.refusing ?? row.tightest;
  return {
    code: row.code,
    valid,
    message: valid
      ? "The call may go ahead."
      : refusalMessage(row.code, limits, window, cost, row.retryAfterMs),
    customer: row.customer,
    key_id: row.keyId,
    limits,
    usage: row.used && toUsage(row.used),
    remaining: row.limits && row.used && toRemaining(row.limits, row.used),
    window,
    retry_after: row.retryAfterMs === null ? null : row.retryAfterMs / 1000,
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
