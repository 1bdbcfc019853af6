import { answered, garbled, type Api } from "./api";
import {
  isDecision,
  isNoKey,
  rateHeadersOf,
  unavailable,
  unknownKey,
  type CheckInput,
  type Decision,
  type Hold,
  type Reservation,
  type ReserveInput,
  type Ruling,
  type VerifyInput,
} from "./decision";
import { TollkeeperError } from "./errors";
import type { components } from "./openapi";

/** A reservation by itself, by its id, or none: a call that was let through without one. */
export type Held = Pick<Reservation, "id"> | string | null | undefined;

/** What was really used of what a reservation held. */
export type Used = {
  /** of the meter's quota, in its unit; may be more than was held */
  amount: number;
  /** money, in USD, as decimal text */
  spend?: string | undefined;
};

/** A reservation that was settled or released. */
export type Settlement = components["schemas"]["Reservation"];

/** How failures are told, and what they mean for callers. */
export type Failing = {
  report: (error: TollkeeperError) => void;
  isAllowing: boolean;
  isThrowing: boolean;
};

/** The questions that a Tollkeeper answers. None throws unless `isThrowing`. */
export type Asking = {
  rule: (input: CheckInput) => Promise<Ruling>;
  verify: (input: VerifyInput) => Promise<Decision>;
  reserve: (input: ReserveInput) => Promise<Decision>;
  settle: (held: Held, used: Used) => Promise<Settlement | null>;
  release: (held: Held) => Promise<Settlement | null>;
};

export function askingOf(api: Api, failing: Failing): Asking {
  const rule = (input: CheckInput) =>
    decided(failing, input.key, () =>
      answered(() =>
        api.POST("/api/v1/check", {
          body: defined({
            ...input,
            cost: input.cost ?? 1,
            reserve: input.reserve && holdOf(input.reserve),
          }),
        }),
      ),
    );
  return {
    rule,
    verify: async (input) => {
      const body = defined(input);
      const ask = () => api.POST("/api/v1/keys/verify", { body });
      return (await decided(failing, input.key, () => answered(ask))).decision;
    },
    reserve: async ({ amount, ttl, spend, ...input }) =>
      (await rule({ ...input, reserve: { amount, ttl, spend } })).decision,
    settle: (held, used) =>
      closed(failing, held, (id) => postSettlement(api, id, used)),
    release: (held) => closed(failing, held, (id) => postRelease(api, id)),
  };
}

function holdOf({ amount, ttl = 300, spend }: Hold) {
  return { amount, ttl, ...(spend !== undefined && { spend }) };
}

async function decided(
  { report, isAllowing, isThrowing }: Failing,
  key: string | undefined,
  ask: () => Promise<{ data: unknown; headers: Headers }>,
): Promise<Ruling> {
  // The API calls such a key malformed; to a host it is one more key that does not exist.
  if (isNoKey(key)) return unknownKey();
  try {
    const { data, headers } = await ask();
    if (!isDecision(data)) throw garbled(200);
    return { decision: data, headers: rateHeadersOf(headers) };
  } catch (error) {
    if (isThrowing || !(error instanceof TollkeeperError)) throw error;
    report(error);
    // A refused question is no outage: a wrong token must not open the door for good.
    const isAllowed = isAllowing && error.isTemporary;
    return unavailable(isAllowed, error.retryAfterSeconds);
  }
}

const attempts = 3;
const firstPauseMs = 100;
const longestPauseMs = 2000;

/** End a reservation. What cannot be told after a few attempts runs out by itself. */
async function closed<T>(
  { report, isThrowing }: Failing,
  held: Held,
  send: (id: string) => Promise<{ data: T }>,
): Promise<T | null> {
  const id = typeof held === "string" ? held : held?.id;
  if (!id) return null;
  for (let attempt = 1; ; attempt++) {
    try {
      return (await send(id)).data;
    } catch (error) {
      if (!(error instanceof TollkeeperError)) throw error;
      if (!error.isTemporary || attempt === attempts) {
        if (isThrowing) throw error;
        report(error);
        return null;
      }
      await pauseBefore(attempt, error.retryAfterSeconds);
    }
  }
}

function pauseBefore(attempt: number, asked: number | null): Promise<void> {
  const backoff = firstPauseMs * 2 ** attempt * (0.5 + Math.random() / 2);
  const ms = Math.min(longestPauseMs, Math.max(backoff, (asked ?? 0) * 1000));
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function postSettlement(api: Api, id: string, used: Used) {
  const params = { path: { reservation_id: id } };
  const body = defined(used);
  return answered(() =>
    api.POST("/api/v1/check/{reservation_id}/settle", { params, body }),
  );
}

function postRelease(api: Api, id: string) {
  const params = { path: { reservation_id: id } };
  return answered(() =>
    api.POST("/api/v1/check/{reservation_id}/release", { params }),
  );
}

type Defined<T> = { [key in keyof T]: Exclude<T[key], undefined> };

function defined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value);
  const kept = entries.filter(([, field]) => field !== undefined);
  return Object.fromEntries(kept) as Defined<T>; // Safe: what was undefined is left out.
}
