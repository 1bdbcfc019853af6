import {
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  RLWrapperTimeouts,
} from "rate-limiter-flexible";
import { DomainError } from "@/shared/errors";
import { hotPool } from "./db";
import { gather } from "./gather";
import { counter } from "./metrics";
import { redis } from "./redis";
import { singleton } from "./singleton";

const windows = { 60: "minute", 3_600: "hour" } as const;

/** A budget of calls per minute, or per `seconds`, counted for all processes together: in Redis, or PostgreSQL. */
export type Budget = {
  name: string;
  points: number;
  seconds?: keyof typeof windows;
};

/** What is left of a budget; `resetMs` until it is whole again. */
export type Remaining = { limit: number; remaining: number; resetMs: number };

const countDecision = counter(
  "limit_decisions_total",
  "Calls counted against the limits of the app's own API and of guessing, by limit and whether they passed.",
  { limit: "any", decision: ["passed", "refused"] },
);

/** Take `points` of a subject's budget. Throws RATE_LIMITED, saying when to come back. */
export async function spend(
  budget: Budget,
  subject: string,
  points = 1,
): Promise<Remaining> {
  try {
    const result = await (await limiter(budget)).consume(subject, points);
    countDecision({ limit: budget.name, decision: "passed" });
    return toRemaining(budget, result);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    countDecision({ limit: budget.name, decision: "refused" });
    throw refusal(budget, error);
  }
}

/**
 * `spend` of one point for callers that come many at a time: those of a subject that wait together
 * are counted by one statement, and as many of them pass as would have one by one.
 */
export function spendTogether(
  budget: Budget,
  subject: string,
): Promise<Remaining> {
  const take = singleton(`together.${nameOf(budget)}`, () =>
    gather((subjects: string[]) => spendAll(budget, subjects)),
  );
  return take(subject).then((settled) => {
    if (settled instanceof DomainError) throw settled;
    return settled;
  });
}

/** Give points back that a call took and did not deserve, such as those of a sign-in that worked. */
export async function refund(
  budget: Budget,
  subject: string,
  points = 1,
): Promise<void> {
  await (await limiter(budget)).reward(subject, points);
}

/** Headers that tell a caller where it stands (IETF draft "RateLimit header fields" 11). */
export function budgetHeaders(
  { name, seconds = 60 }: Budget,
  { limit, remaining, resetMs }: Remaining,
): Record<string, string> {
  const reset = Math.ceil(resetMs / 1000);
  return {
    "ratelimit-policy": `"${name}";q=${limit};w=${seconds}`,
    ratelimit: `"${name}";r=${remaining};t=${reset}`,
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  };
}

async function spendAll(
  budget: Budget,
  subjects: string[],
): Promise<(Remaining | DomainError)[]> {
  const calls = new Map<string, number>();
  for (const subject of subjects)
    calls.set(subject, (calls.get(subject) ?? 0) + 1);
  const left = new Map<string, { passing: number; answer: RateLimiterRes }>();
  await Promise.all(
    [...calls].map(async ([subject, points]) => {
      const answer = await consumed(budget, subject, points);
      const before = answer.consumedPoints - points;
      left.set(subject, { passing: budget.points - before, answer });
    }),
  );
  return subjects.map((subject) => {
    const own = left.get(subject);
    if (!own) throw new Error("A subject was not counted");
    own.passing -= 1;
    const decision = own.passing >= 0 ? "passed" : "refused";
    countDecision({ limit: budget.name, decision });
    return decision === "passed"
      ? toRemaining(budget, own.answer)
      : refusal(budget, own.answer);
  });
}

async function consumed(
  budget: Budget,
  subject: string,
  points: number,
): Promise<RateLimiterRes> {
  try {
    return await (await limiter(budget)).consume(subject, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) return error;
    throw error;
  }
}

function refusal(budget: Budget, result: RateLimiterRes): DomainError {
  const standing = { ...toRemaining(budget, result), remaining: 0 };
  const retryAfter = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  const { points, seconds = 60 } = budget;
  const window = windows[seconds];
  return new DomainError(
    "RATE_LIMITED",
    `More than ${points} calls in ${seconds} s. Wait ${retryAfter} s and try again.`,
    undefined,
    {
      extra: {
        error_type: "rate_limit",
        limits: { [`per_${window}`]: points },
        usage: { [window]: result.consumedPoints },
        retry_after: retryAfter,
      },
      headers: {
        ...budgetHeaders(budget, standing),
        "retry-after": String(retryAfter),
      },
    },
  );
}

function toRemaining(budget: Budget, result: RateLimiterRes): Remaining {
  return {
    limit: budget.points,
    remaining: Math.max(0, result.remainingPoints),
    resetMs: result.msBeforeNext,
  };
}

type Limiter = Pick<RateLimiterPostgres, "consume" | "reward">;

/** Milliseconds that Redis may take before PostgreSQL counts instead. */
const redisPatience = 300;

function limiter(budget: Budget): Promise<Limiter> {
  return singleton(nameOf(budget), async () => {
    const inPostgres = new RateLimiterPostgres({
      ...optionsOf(budget),
      storeClient: hotPool(),
      storeType: "pool",
      tableName: "api_rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: true,
    });
    const client = await redis();
    if (!client) return inPostgres;
    return new RLWrapperTimeouts({
      limiter: new RateLimiterRedis({
        ...optionsOf(budget),
        storeClient: client,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
      }),
      timeoutMs: redisPatience,
      insuranceLimiter: inPostgres,
    });
  });
}

function optionsOf({ name, points, seconds = 60 }: Budget) {
  return { keyPrefix: name, points, duration: seconds };
}

function nameOf({ name, points, seconds = 60 }: Budget): string {
  return `limiter.${name}.${points}.${seconds}`;
}
