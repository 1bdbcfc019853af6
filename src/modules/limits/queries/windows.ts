import { createHash } from "node:crypto";
import { redis, type Redis } from "@/platform/redis";
import { windows } from "@/shared/windows";
import type { Window } from "../contract";
import { windowsScript } from "./windows-script";

/** The five windows in their order: second, minute, hour, day, month; null is unlimited. */
export type FiveWindows = (number | null)[];

/** A question to the windows of one customer; ids are UUIDs. */
export type WindowAsk = {
  cost: number;
  /** whether it uses its cost, when it is admitted */
  consume: boolean;
  limits: FiveWindows;
  key: { lineage: string; limits: FiveWindows } | null;
};

export type WindowVerdict = {
  /** the window that refuses; null: admitted */
  refusing: Window | null;
  /** until the refused cost fits; null: never */
  waitMs: number | null;
  source: "customer" | "key";
  used: number[];
  keyUsed: number[] | null;
};

/** The billing period that the last window counts. */
export type WindowPeriod = { number: number; leftMs: number };

/** Milliseconds that Redis may take before the caller gets a 503. */
const patience = 1_000;

/**
 * Decide questions about one customer's windows, in order and in one step, in Redis. Rejects when
 * Redis does not answer. `at` (ms) is for tests; without it, the clock is Redis' own.
 */
export async function takeWindows(
  customer: string,
  period: WindowPeriod,
  asks: WindowAsk[],
  at?: number,
): Promise<WindowVerdict[]> {
  const client = await redis();
  if (!client) throw new Error("there is no Redis");
  const lineages = [...new Set(asks.flatMap(({ key }) => key?.lineage ?? []))];
  // One hash tag: a cluster keeps all of a customer's on one node.
  const keys = ["c", ...lineages].map(
    (name) => `windows:{${customer}}:${name}`,
  );
  const input = JSON.stringify({
    at,
    period: period.number,
    left: period.leftMs,
    asks: asks.map(({ cost, consume, limits, key }) => ({
      cost,
      consume,
      limits: limits.map(orUnlimited),
      ...(key && {
        key: lineages.indexOf(key.lineage) + 2,
        key_limits: key.limits.map(orUnlimited),
      }),
    })),
  });
  const text = await inTime(evaluate(client, keys, input));
  return (JSON.parse(text) as Answer[]).map(toVerdict); // Safe: the script's own answer.
}

type Answer = {
  wait: number;
  window?: number;
  source: "customer" | "key";
  used: number[];
  key_used?: number[];
};

const orUnlimited = (limit: number | null) => limit ?? -1;

function toVerdict(answer: Answer): WindowVerdict {
  const { wait, window, source, used, key_used } = answer;
  return {
    refusing: window === undefined ? null : (windows[window - 1] ?? null),
    waitMs: wait < 0 ? null : wait,
    source,
    used,
    keyUsed: key_used ?? null,
  };
}

const sha = createHash("sha1").update(windowsScript).digest("hex");

async function evaluate(
  client: Redis,
  keys: string[],
  input: string,
): Promise<string> {
  const given = { keys, arguments: [input] };
  try {
    return textOf(await client.evalSha(sha, given));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT"))
      throw error;
    return textOf(await client.eval(windowsScript, given));
  }
}

function textOf(reply: unknown): string {
  if (typeof reply !== "string") throw new Error("Redis answered no text");
  return reply;
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error("Redis did not answer in time")),
      patience,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
