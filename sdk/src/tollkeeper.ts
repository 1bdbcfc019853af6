import { callOf, type Means, type ProtectedCall } from "./admission";
import { answered, createApi, type Connection } from "./api";
import {
  askingOf,
  type Asking,
  type Held,
  type Settlement,
  type Used,
} from "./asking";
import {
  switchedOff,
  type CheckInput,
  type Decision,
  type ReserveInput,
  type VerifyInput,
} from "./decision";
import { TollkeeperError } from "./errors";
import { llmOf, llmSwitchedOff, type Llm } from "./llm";
import { protectWith, type Protect } from "./protect";
import { quietly } from "./quietly";
import { beforeProcessEnds } from "./process-end";
import { Tracker, type TrackingOptions, type UsageEvent } from "./tracking";

export type TollkeeperOptions = Connection &
  TrackingOptions & {
    /** false lets everything through and never uses the network; true unless given */
    enabled?: boolean | undefined;
    /**
     * What holds while Tollkeeper gives no decision (no answer in time, 429, 5xx): `allow` lets
     * callers through uncounted, `deny` answers them 503. `allow` unless given.
     */
    onUnavailable?: "allow" | "deny" | undefined;
    /**
     * Told of each failure. Unless given, console.warn is, each kind once in ten seconds. With
     * `throw`, what asks Tollkeeper throws TollkeeperError instead of going on by `onUnavailable`;
     * what goes on in the background still only warns.
     */
    onError?: ((error: TollkeeperError) => void) | "throw" | undefined;
  };

/** Nothing of it throws on a failure of Tollkeeper, unless `onError` is `throw`. */
export type Tollkeeper = {
  readonly enabled: boolean;
  /**
   * Decide whether a call may go ahead, and count it if so: in the rate windows, and with a `meter`
   * in its quota, until usage events report it. A refusal is an answer, with `valid: false`.
   */
  check(input: CheckInput): Promise<Decision>;
  /** The same decision about a key, counting nothing. */
  verify(input: VerifyInput): Promise<Decision>;
  /**
   * Check, and hold `amount` of the meter's quota until it is settled, released or its time is up.
   * What is held is `reservation` of the decision.
   */
  reserve(input: ReserveInput): Promise<Decision>;
  /**
   * Book what was really used of what is held. Do so before tracking the event that reports it.
   * Tried three times; null when nothing is held, or it could not be told.
   */
  settle(held: Held, used: Used): Promise<Settlement | null>;
  /** Give back all that is held. */
  release(held: Held): Promise<Settlement | null>;
  /** Report calls. Returns at once, never throws; events are sent in the background. */
  track(events: UsageEvent | readonly UsageEvent[]): void;
  /** Send what is tracked so far now. Resolves with how many events still wait: 0 if none. */
  flush(): Promise<number>;
  /** Send the rest and stop tracking, within 5 s unless given. Resolves with how many were lost. */
  close(withinMs?: number): Promise<number>;
  /** Put a handler behind `check`, and report each of its calls, failed ones too. */
  protect: Protect;
  /** The protected call whose handler was given this as its first argument; undefined for others. */
  call(handle: unknown): ProtectedCall | undefined;
  /** Calls of language models, with their tokens counted and tracked. */
  llm: Llm;
};

/** Connect a program to Tollkeeper. Throws TypeError when `url` or `token` cannot be right. */
export function createTollkeeper(options: TollkeeperOptions): Tollkeeper {
  return options.enabled === false ? disabled() : connected(options);
}

function connected(options: TollkeeperOptions): Tollkeeper {
  const { onError, onUnavailable } = options;
  const api = createApi(options);
  const isThrowing = onError === "throw";
  const report = reporter(isThrowing ? undefined : onError);
  const isAllowing = onUnavailable !== "deny";
  const { rule, ...questions } = askingOf(api, {
    report,
    isAllowing,
    isThrowing,
  });
  const background = askingOf(api, { report, isAllowing, isThrowing: false });
  const tracker = new Tracker(
    {
      send: async (body) =>
        (await answered(() => api.POST("/api/v1/usage/events", { body }))).data,
      report,
    },
    options,
  );
  const { finish, finished } = finisher(background, tracker, options);
  return {
    enabled: true,
    check: async (input) => (await rule(input)).decision,
    ...questions,
    track: (events) => tracker.track(events),
    flush: async () => {
      await finished();
      return tracker.flush();
    },
    close: async (withinMs) => {
      await finished(withinMs);
      return tracker.close(withinMs);
    },
    protect: protectWith({ rule, finish }),
    call: callOf,
    llm: llmOf({ report, finish }),
  };
}

/** Ends calls: what they hold is settled before their event is tracked, so that it counts once. */
function finisher(
  { settle, release }: Pick<Asking, "settle" | "release">,
  tracker: Tracker,
  { flushOnExit }: TrackingOptions,
) {
  const settling = new Set<Promise<unknown>>();
  let forgetEnd = () => {};
  const finished = async (withinMs = 5000) => {
    if (settling.size === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([Promise.all(settling), late]);
    clearTimeout(timer);
  };
  const finish: Means["finish"] = (held, used, event) => {
    if (!held) return tracker.track(event);
    const settled = used ? settle(held, used) : release(held);
    const done = settled
      .catch(() => null) // it was reported
      .then(() => tracker.track(event))
      .finally(() => {
        settling.delete(done);
        if (settling.size === 0) forgetEnd();
      });
    if (settling.size === 0 && flushOnExit !== false)
      forgetEnd = beforeProcessEnds(finished);
    settling.add(done);
  };
  return { finish, finished };
}

function disabled(): Tollkeeper {
  const decision = async () => switchedOff();
  return {
    enabled: false,
    check: decision,
    verify: decision,
    reserve: decision,
    settle: async () => null,
    release: async () => null,
    track: () => {},
    flush: async () => 0,
    close: async () => 0,
    // Safe: the handler itself is what a wrapper that lets all through would be.
    protect: ((handler: unknown) => handler) as Protect,
    call: () => undefined,
    llm: llmSwitchedOff(),
  };
}

function reporter(onError = warner()): (error: TollkeeperError) => void {
  return (error) => quietly(() => onError(error));
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
