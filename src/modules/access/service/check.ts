import { presentedHash } from "@/modules/keys";
import { lastSettings, settings } from "@/modules/settings";
import { noteRefusal } from "@/modules/usage";
import { authorize, type Ctx } from "@/platform/context";
import { counter } from "@/platform/metrics";
import { DomainError, invalid, unavailable } from "@/shared/errors";
import {
  accessCodes,
  type CheckInput,
  type Decision,
  type VerifyInput,
} from "../contract";
import { toDecision, undecided, unknownKey } from "../decision";
import {
  decideAndCount,
  decideOnly,
  isUnavailable,
  type AccessQuestion,
} from "../queries/check";
import type { AccessRow } from "../queries/row";

/**
 * Decide whether a call may go ahead, and count it if so: all windows and quotas or none. A refusal
 * of a known customer is logged as usage. Needs access:check; throws VALIDATION_FAILED for a meter
 * that does not exist. When nobody answers within 2 s it rejects, or lets calls that only have rate
 * windows pass if the settings say so.
 */
export async function checkAccess(
  ctx: Ctx,
  input: CheckInput,
): Promise<Decision> {
  const decision = await decide(ctx, input);
  countDecision({ code: decision.degraded ? "UNDECIDED" : decision.code });
  return decision;
}

const countDecision = counter(
  "access_decisions_total",
  "Access checks by their answer; UNDECIDED where nobody answered, and the call was let through.",
  { code: [...accessCodes, "UNDECIDED"] },
);

async function decide(ctx: Ctx, input: CheckInput): Promise<Decision> {
  authorize(ctx, "access:check");
  const question = toQuestion(input);
  if (!question) return unknownKey;
  // Known before it is needed, since it is needed when it cannot be read.
  if (!ctx.isDatabaseAway) settings(ctx).catch(() => undefined);
  const row = await decideAndCountIfUp(ctx, question);
  if (!row) return undecided;
  const decision = answer(row, question);
  if (row.giveBack) {
    ctx.log.warn("rate windows were not asked, and the call let through");
    return { ...decision, degraded: true };
  }
  if (decision.customer && !decision.valid)
    noteRefusal(ctx, {
      customer_id: decision.customer.id,
      key_id: decision.key_id,
      code: decision.code,
      endpoint: input.resource ?? null,
    });
  return decision;
}

/** The decision that a call with this key would meet now, counting nothing. */
export async function verifyKey(
  ctx: Ctx,
  input: VerifyInput,
): Promise<Decision> {
  authorize(ctx, "access:check");
  const question = toQuestion({ ...input, cost: 1 });
  return question ? answer(await decideOnly(question), question) : unknownKey;
}

// Null when nobody decided, and the call may go ahead all the same.
async function decideAndCountIfUp(
  ctx: Ctx,
  question: AccessQuestion,
): Promise<AccessRow | null> {
  try {
    if (ctx.isDatabaseAway) throw unavailable("The database");
    const row = await decideAndCount(question);
    if (row.giveBack && lastSettings()?.access.fail_open !== true) {
      await row.giveBack();
      throw unavailable("Redis");
    }
    return row;
  } catch (error) {
    const isAway =
      isUnavailable(error) ||
      (error instanceof DomainError && error.code === "UNAVAILABLE");
    if (!isAway || !mayFailOpen(question)) throw error;
    ctx.log.warn("access was not decided, and the call let through");
    return null;
  }
}

// Only what nothing but rate windows could refuse: never what costs money or was not bought.
function mayFailOpen({ meter, feature, reserve }: AccessQuestion): boolean {
  const isPlain =
    meter === undefined && feature === undefined && reserve === undefined;
  return isPlain && lastSettings()?.access.fail_open === true;
}

function answer(row: AccessRow, question: AccessQuestion): Decision {
  const { code } = row;
  if (code === "METER_NOT_FOUND")
    throw invalid([
      {
        field: "body.meter",
        message: `there is no meter ${question.meter}; create it under Meters`,
      },
    ]);
  return toDecision({ ...row, code }, question);
}

// Null for what cannot be a key.
function toQuestion({
  key,
  customer_id,
  ...question
}: Omit<CheckInput, "resource">): AccessQuestion | null {
  if (key === undefined)
    return { ...question, keyHash: null, customerId: customer_id ?? null };
  const keyHash = presentedHash(key);
  return keyHash && { ...question, keyHash, customerId: null };
}
