import { rejectionError, rejectionsOf, type Rejection } from "./rejection";
import { TollkeeperError } from "./errors";
import type { components } from "./openapi";
import { beforeProcessEnds } from "./process-end";
import { quietly } from "./quietly";

export type TrackedEvent = components["schemas"]["UsageEvent"];
export type IngestResult = components["schemas"]["IngestResult"];

/** One call to report. Without `id` it gets a random UUID, without `occurred_at` this moment. */
export type UsageEvent = Omit<TrackedEvent, "id"> & { id?: string };

/** Why events will not be sent: too many wait, or the program ends or closed its client. */
export type DropReason = "queue_full" | "closed";

export type TrackingOptions = {
  /** milliseconds that events wait for company; 250 unless given */
  flushMs?: number | undefined;
  /** events in one request, and how many make it leave at once, 1 to 1,000; 100 unless given */
  batchSize?: number | undefined;
  /** events kept while Tollkeeper cannot be reached; newer ones are dropped; 10,000 unless given */
  queueLimit?: number | undefined;
  /** send what waits before the process ends, by itself or by SIGTERM or SIGINT; true unless given */
  flushOnExit?: boolean | undefined;
  /** Told of events that were dropped. `onError` hears of it too, once per outage. */
  onDropped?:
    ((events: readonly TrackedEvent[], reason: DropReason) => void) | undefined;
  /** Told of events that Tollkeeper refused for good. Unless given, `onError` is. */
  onRejected?: ((rejections: readonly Rejection[]) => void) | undefined;
};

type Means = {
  send: (events: TrackedEvent[]) => Promise<IngestResult>;
  report: (error: TollkeeperError) => void;
};

const longestBackoffMs = 30_000;
const longestWaitMs = 600_000;
const endWithinMs = 5000;

/**
 * Queues events and sends them in batches, in order, one request at a time. A batch that was not
 * answered is sent again with the same ids, so that it counts once. Nothing here throws, and no
 * timer here keeps a process alive.
 */
export class Tracker {
  readonly #means: Means;
  readonly #options: TrackingOptions;
  readonly #flushMs: number;
  readonly #batchSize: number;
  readonly #queueLimit: number;
  readonly #queue: TrackedEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #ending: Promise<void> | undefined;
  #forgetEnd: (() => void) | undefined;
  #failures = 0;
  #notBefore = 0;
  #dropped = 0;
  #isClosed = false;
  #hasGivenUp = false;

  constructor(means: Means, options: TrackingOptions = {}) {
    this.#means = means;
    this.#options = options;
    this.#flushMs = options.flushMs ?? 250;
    this.#batchSize = options.batchSize ?? 100;
    this.#queueLimit = options.queueLimit ?? 10_000;
  }

  /** Queue events; they leave on their own. */
  track(events: UsageEvent | readonly UsageEvent[]): void {
    const dropped: TrackedEvent[] = [];
    for (const event of [events].flat()) {
      const copy = snapshot(event);
      if (copy instanceof TollkeeperError) this.#means.report(copy);
      else if (this.#isClosed || this.#queue.length >= this.#queueLimit)
        dropped.push(copy);
      else this.#queue.push(copy);
    }
    if (dropped.length > 0) this.#drop(dropped);
    if (this.#queue.length === 0) return;
    this.#hasGivenUp = false;
    if (this.#options.flushOnExit !== false)
      this.#forgetEnd ??= beforeProcessEnds(() => this.#end());
    if (this.#failures > 0 || this.#sending) return; // what runs takes these along
    if (this.#queue.length >= this.#batchSize) void this.flush();
    else this.#timer ??= this.#flushAfter(this.#flushMs);
  }

  /** Send what is queued now. Resolves with how many events still wait: 0 when all were taken. */
  async flush(): Promise<number> {
    if (this.#sending) await this.#sending;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length > 0) await (this.#sending ??= this.#drain());
    return this.#queue.length;
  }

  /** Take no more, and send the rest within some time. Resolves with how many were lost. */
  async close(withinMs = endWithinMs): Promise<number> {
    this.#isClosed = true;
    await this.#empty(withinMs);
    this.#forgetEnd?.();
    const lost = this.#queue.splice(0);
    if (lost.length > 0) this.#tellLost(lost);
    return lost.length;
  }

  // The process may go on after all, if a listener of the host keeps it: then all waits on.
  async #end(): Promise<unknown> {
    if (this.#queue.length === 0 || this.#hasGivenUp) return;
    return (this.#ending ??= this.#empty(endWithinMs).then(() => {
      this.#ending = undefined;
      if (this.#queue.length === 0) return;
      this.#hasGivenUp = true;
      this.#tellLost(this.#queue);
      this.#timer ??= this.#flushAfter(longestBackoffMs);
    }));
  }

  /** Flush, again and again through an outage, until nothing waits or time is up. */
  async #empty(withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      await within(this.flush(), deadline - Date.now());
      const left = deadline - Date.now();
      if (this.#queue.length === 0 || left <= 0) break;
      const again = Math.min(Math.max(this.#flushMs, 50), 1000);
      await pause(
        Math.min(Math.max(again, this.#notBefore - Date.now()), left),
      );
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #drain(): Promise<void> {
    let size = this.#batchSize;
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, size);
      const failure = await this.#deliver(batch);
      if (failure?.status === 413 && batch.length > 1) {
        size = Math.ceil(batch.length / 2);
      } else if (failure && !isFinal(failure)) {
        this.#retryLater(failure);
        break;
      } else {
        if (failure) this.#reject(refusedWhole(batch, failure), failure);
        this.#queue.splice(0, batch.length);
        this.#failures = 0;
        this.#dropped = 0;
      }
    }
    this.#sending = undefined;
  }

  async #deliver(batch: TrackedEvent[]): Promise<TollkeeperError | undefined> {
    try {
      const { items } = await this.#means.send(batch);
      const rejections = rejectionsOf(batch, items);
      if (rejections.length > 0)
        this.#reject(rejections, rejectionError(rejections));
      return undefined;
    } catch (error) {
      const known = asTollkeeperError(error);
      if (!isFinal(known)) this.#means.report(known);
      return known;
    }
  }

  #retryLater({ retryAfterSeconds }: TollkeeperError): void {
    const backoff = Math.min(
      longestBackoffMs,
      this.#flushMs * 2 ** this.#failures,
    );
    const asked = Math.min(longestWaitMs, (retryAfterSeconds ?? 0) * 1000);
    this.#failures++;
    this.#notBefore = Date.now() + asked;
    if (this.#isClosed || this.#ending) return; // what ends it tries again itself
    const jitter = 0.5 + Math.random() / 2;
    this.#timer = this.#flushAfter(
      asked > 0 ? asked + backoff * (1 - jitter) : backoff * jitter,
    );
  }

  #flushAfter(ms: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => void this.flush(), ms);
    timer.unref?.(); // a program that is done ends, and `flushOnExit` sends the rest
    return timer;
  }

  #reject(rejections: Rejection[], error: TollkeeperError): void {
    const { onRejected } = this.#options;
    if (!onRejected) return this.#means.report(error);
    this.#tell(() => onRejected(rejections));
  }

  #drop(events: TrackedEvent[]): void {
    const reason = this.#isClosed ? "closed" : "queue_full";
    this.#tell(() => this.#options.onDropped?.(events, reason));
    if (this.#dropped++ > 0) return;
    const [code, message] = this.#isClosed
      ? ["EVENTS_LOST", "Usage was tracked after close(), and is lost."]
      : [
          "QUEUE_FULL",
          `${this.#queue.length} usage events wait to be sent: newer ones are dropped until some are.`,
        ];
    this.#means.report(new TollkeeperError(message, { code }));
  }

  #tellLost(events: readonly TrackedEvent[]): void {
    const copies = [...events];
    this.#tell(() => this.#options.onDropped?.(copies, "closed"));
    const message = `${events.length} usage events could not be sent before the program stopped.`;
    this.#means.report(new TollkeeperError(message, { code: "EVENTS_LOST" }));
  }

  #tell(callback: () => unknown): void {
    quietly(callback, (error) => this.#means.report(asTollkeeperError(error)));
  }
}

// A copy, so that the host may go on using its object, and whatever JSON cannot hold shows here.
function snapshot(event: UsageEvent): TrackedEvent | TollkeeperError {
  try {
    const whole = {
      ...event,
      id: event.id ?? crypto.randomUUID(),
      occurred_at: event.occurred_at ?? new Date().toISOString(),
    };
    const copy: unknown = JSON.parse(JSON.stringify(whole));
    return copy as TrackedEvent; // Safe: a copy of such an object.
  } catch (error) {
    return new TollkeeperError(
      `A usage event cannot be sent: ${error instanceof Error ? error.message : "it is no JSON"}`,
      { code: "EVENTS_REJECTED" },
    );
  }
}

// The API takes what it can of a batch; these say that it took nothing, and never will.
function isFinal({ status }: TollkeeperError): boolean {
  return status === 400 || status === 413 || status === 415 || status === 422;
}

function refusedWhole(
  batch: TrackedEvent[],
  { code, message }: TollkeeperError,
): Rejection[] {
  return batch.map((event) => ({
    event,
    status: "rejected",
    code,
    error: message,
  }));
}

function asTollkeeperError(error: unknown): TollkeeperError {
  if (error instanceof TollkeeperError) return error;
  const message = error instanceof Error ? error.message : "unknown failure";
  return new TollkeeperError(message, { code: "GARBLED" });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms));
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
