import { TollkeeperError } from "./errors";
import type { components } from "./openapi";

type Event = components["schemas"]["UsageEvent"];
export type IngestResult = components["schemas"]["IngestResult"];

/** One call to report. Without `id` it gets a random UUID, without `occurred_at` this moment. */
export type UsageEvent = Omit<Event, "id"> & { id?: string };

export type TrackingOptions = {
  /** milliseconds that events wait for company; 250 unless given */
  flushMs?: number | undefined;
  /** events in one request, and how many make it leave at once, 1 to 1,000; 100 unless given */
  batchSize?: number | undefined;
  /** events kept while Tollkeeper cannot be reached; newer ones are dropped; 10,000 unless given */
  queueLimit?: number | undefined;
};

type Means = {
  send: (events: Event[]) => Promise<IngestResult>;
  report: (error: TollkeeperError) => void;
};

const longestWaitMs = 30_000;

/**
 * Queues events and sends them in batches, in order, one request at a time. A batch that was not
 * answered is sent again with the same ids, so that it counts once. Nothing here throws.
 */
export class Tracker {
  readonly #means: Means;
  readonly #flushMs: number;
  readonly #batchSize: number;
  readonly #queueLimit: number;
  readonly #queue: Event[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #failures = 0;
  #dropped = 0;
  #isClosed = false;

  constructor(means: Means, options: TrackingOptions = {}) {
    this.#means = means;
    this.#flushMs = options.flushMs ?? 250;
    this.#batchSize = options.batchSize ?? 100;
    this.#queueLimit = options.queueLimit ?? 10_000;
  }

  /** Queue events; they leave on their own. */
  track(events: UsageEvent | readonly UsageEvent[]): void {
    for (const event of [events].flat()) {
      const copy = snapshot(event);
      if (copy instanceof TollkeeperError) this.#means.report(copy);
      else if (this.#isClosed || this.#queue.length >= this.#queueLimit)
        this.#drop();
      else this.#queue.push(copy);
    }
    if (this.#failures > 0 || this.#sending) return; // what runs takes these along
    if (this.#queue.length >= this.#batchSize) void this.flush();
    else if (this.#queue.length > 0)
      this.#timer ??= setTimeout(() => void this.flush(), this.#flushMs);
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
  async close(withinMs = 5000): Promise<number> {
    this.#isClosed = true;
    const deadline = Date.now() + withinMs;
    for (;;) {
      await within(this.flush(), deadline - Date.now());
      const left = deadline - Date.now();
      if (this.#queue.length === 0 || left <= 0) break;
      await pause(Math.min(this.#flushMs, left));
    }
    clearTimeout(this.#timer);
    const lost = this.#queue.length;
    if (lost > 0)
      this.#means.report(
        new TollkeeperError(
          `${lost} usage events could not be sent before the program stopped.`,
          { code: "EVENTS_LOST" },
        ),
      );
    return lost;
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
        this.#queue.splice(0, batch.length);
        this.#failures = 0;
        this.#dropped = 0;
      }
    }
    this.#sending = undefined;
  }

  async #deliver(batch: Event[]): Promise<TollkeeperError | undefined> {
    try {
      const { items } = await this.#means.send(batch);
      const refused = items.filter(({ status }) => isRefused(status));
      if (refused.length > 0) this.#means.report(rejection(refused));
      return undefined;
    } catch (error) {
      const known = asTollkeeperError(error);
      this.#means.report(known);
      return known;
    }
  }

  #retryLater({ retryAfterSeconds }: TollkeeperError): void {
    const backoff = Math.min(
      longestWaitMs,
      this.#flushMs * 2 ** this.#failures,
    );
    const asked = Math.min(longestWaitMs, (retryAfterSeconds ?? 0) * 1000);
    this.#failures++;
    if (this.#isClosed) return; // close() itself tries again
    const waitMs = Math.max(asked, backoff * (0.5 + Math.random() / 2));
    this.#timer = setTimeout(() => void this.flush(), waitMs);
    this.#timer.unref?.(); // an outage must not keep a program alive that is done
  }

  #drop(): void {
    if (this.#dropped++ > 0) return;
    const [code, message] = this.#isClosed
      ? ["EVENTS_LOST", "Usage was tracked after close(), and is lost."]
      : [
          "QUEUE_FULL",
          `${this.#queue.length} usage events wait to be sent: newer ones are dropped until some are.`,
        ];
    this.#means.report(new TollkeeperError(message, { code }));
  }
}

// A copy, so that the host may go on using its object, and whatever JSON cannot hold shows here.
function snapshot(event: UsageEvent): Event | TollkeeperError {
  try {
    const whole = {
      ...event,
      id: event.id ?? crypto.randomUUID(),
      occurred_at: event.occurred_at ?? new Date().toISOString(),
    };
    const copy: unknown = JSON.parse(JSON.stringify(whole));
    return copy as Event; // Safe: a copy of such an object.
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

function isRefused(status: IngestResult["items"][number]["status"]): boolean {
  return status === "rejected" || status === "conflict";
}

function rejection(items: IngestResult["items"]): TollkeeperError {
  const [first] = items;
  return new TollkeeperError(
    `Tollkeeper did not take ${items.length} usage events. The first: ${first?.error ?? first?.status}`,
    { code: "EVENTS_REJECTED", details: items },
  );
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
