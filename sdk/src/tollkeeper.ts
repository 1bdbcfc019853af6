import { answered, createApi, garbled, type Connection } from "./api";
import {
  isDecision,
  rateHeadersOf,
  switchedOff,
  unavailable,
  unknownKey,
  type CheckInput,
  type Decision,
  type Ruling,
} from "./decision";
import { TollkeeperError } from "./errors";
import { protectWith, type Protect } from "./protect";
import { Tracker, type TrackingOptions, type UsageEvent } from "./tracking";

export type TollkeeperOptions = Connection &
  TrackingOptions & {
    /** false lets everything through and never uses the network; true unless given */
    enabled?: boolean | undefined;
    /**
     * What holds while Tollkeeper gives no decision (no answer in time, 5xx): `deny` answers
     * callers 503, `allow` lets them through uncounted. `deny` unless given.
     */
    onUnavailable?: "allow" | "deny" | undefined;
    /** Told of each failure. Unless given, console.warn is, each kind once in ten seconds. */
    onError?: ((error: TollkeeperError) => void) | undefined;
  };

export type Tollkeeper = {
  readonly enabled: boolean;
  /**
   * Decide whether a call may go ahead, and count it if so. A refusal is an answer, with
   * `valid: false`. Throws TollkeeperError when Tollkeeper refuses the question itself: a bad
   * token, a missing scope, a malformed id or cost.
   */
  check(input: CheckInput): Promise<Decision>;
  /** Report calls. Returns at once, never throws; events are sent in the background. */
  track(events: UsageEvent | readonly UsageEvent[]): void;
  /** Send what is tracked so far now. Resolves with how many events still wait: 0 if none. */
  flush(): Promise<number>;
  /** Send the rest and stop tracking, within 5 s unless given. Resolves with how many were lost. */
  close(withinMs?: number): Promise<number>;
  /** Put a handler behind `check`, and report each of its calls, failed ones too. */
  protect: Protect;
};

/** Connect a program to Tollkeeper. Throws TypeError when `url` or `token` cannot be right. */
export function createTollkeeper(options: TollkeeperOptions): Tollkeeper {
  return options.enabled === false ? disabled() : connected(options);
}

function connected(options: TollkeeperOptions): Tollkeeper {
  const api = createApi(options);
  const report = reporter(options.onError);
  const tracker = new Tracker(
    {
      send: async (body) =>
        (await answered(() => api.POST("/api/v1/usage/events", { body }))).data,
      report,
    },
    options,
  );

  async function rule(input: CheckInput): Promise<Ruling> {
    // The API calls such a key malformed; to a host it is one more key that does not exist.
    if (input.key === "" || (input.key?.length ?? 0) > 200) return unknownKey();
    try {
      const body = { ...input, cost: input.cost ?? 1 };
      const { data, headers } = await answered(() =>
        api.POST("/api/v1/check", { body: defined(body) }),
      );
      if (!isDecision(data)) throw garbled(200);
      return { decision: data, headers: rateHeadersOf(headers) };
    } catch (error) {
      if (!(error instanceof TollkeeperError) || !error.isTemporary)
        throw error;
      report(error);
      return unavailable(
        options.onUnavailable === "allow",
        error.retryAfterSeconds,
      );
    }
  }

  return {
    enabled: true,
    check: async (input) => (await rule(input)).decision,
    track: (events) => tracker.track(events),
    flush: () => tracker.flush(),
    close: (withinMs) => tracker.close(withinMs),
    protect: protectWith({
      rule,
      report,
      track: (event) => tracker.track(event),
    }),
  };
}

function disabled(): Tollkeeper {
  return {
    enabled: false,
    check: async () => switchedOff(),
    track: () => {},
    flush: async () => 0,
    close: async () => 0,
    // Safe: the handler itself is what a wrapper that lets all through would be.
    protect: ((handler: unknown) => handler) as Protect,
  };
}

function reporter(onError = warner()): (error: TollkeeperError) => void {
  return (error) => {
    try {
      onError(error);
    } catch {
      // Telling of a failure must not cause another in the host's request.
    }
  };
}

const silenceMs = 10_000;

/** Writes to the console, each kind of failure at most once in ten seconds. */
function warner(): (error: TollkeeperError) => void {
  const lastAt = new Map<string, number>();
  return ({ code, message }) => {
    const now = performance.now();
    if (now - (lastAt.get(code) ?? -silenceMs) < silenceMs) return;
    lastAt.set(code, now);
    console.warn(`tollkeeper: ${code}: ${message}`);
  };
}

type Defined<T> = { [key in keyof T]: Exclude<T[key], undefined> };

function defined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value);
  const kept = entries.filter(([, field]) => field !== undefined);
  return Object.fromEntries(kept) as Defined<T>; // Safe: what was undefined is left out.
}
