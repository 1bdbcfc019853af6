import { presentedHash } from "@/modules/keys";
import { noteRefusal } from "@/modules/usage";
import { authorize, type Ctx } from "@/platform/context";
import { invalid } from "@/shared/errors";
import type { CheckInput, Decision, VerifyInput } from "../contract";
import { toDecision, unknownKey } from "../decision";
import {
  decideAndCount,
  decideOnly,
  type AccessQuestion,
  type AccessRow,
} from "../queries/check";

/**
 * Decide whether a call may go ahead, and count it if so: all windows and quotas or none. A refusal
 * of a known customer is logged as usage. Needs access:check; throws VALIDATION_FAILED for a meter
 * that does not exist, and rejects when the database does not answer within 2 s.
 */
export async function checkAccess(
  ctx: Ctx,
  input: CheckInput,
): Promise<Decision> {
  authorize(ctx, "access:check");
  const question = toQuestion(input);
  if (!question) return unknownKey;
  const decision = answer(await decideAndCount(question), question);
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
