import type { Held, Used } from "./asking";
import type { Subject } from "./decision";
import { TollkeeperError } from "./errors";
import { quietly } from "./quietly";
import { countOf, fieldOf, isAbort, textOf } from "./shape";
import type { CountedCall, TokenCounter, TokenUsage } from "./token-counter";
import type { UsageEvent } from "./tracking";
import type { End } from "./watched";

/** Who a model is called for, and what is known of the call before its answer. */
export type LlmFacts = Subject &
  CountedCall & {
    /** as in events: the route's pattern of the host, and whatever else it likes to keep */
    endpoint?: string | undefined;
    properties?: UsageEvent["properties"];
    /** what was held for the call: settled at what it used, or released if it told no tokens */
    reservation?: Held;
    /** what a call used of what was held; `tokens_total` unless given */
    used?: ((usage: TokenUsage) => number) | undefined;
    /** Told of the tokens when they are known. */
    onUsage?: ((usage: TokenUsage) => void) | undefined;
  };

/** What a metered call needs of its Tollkeeper; nothing of it throws. */
export type Metering = {
  report: (error: TollkeeperError) => void;
  finish: (held: Held, used: Used | null, event: UsageEvent) => void;
};

/** One call of a model: its counter, and where to say how it ended. */
export class MeteredCall {
  readonly #startedAt = performance.now();
  readonly #occurredAt = new Date().toISOString();
  #isEnded = false;

  constructor(
    readonly metering: Metering,
    readonly counter: TokenCounter,
    readonly provider: string,
    readonly facts: LlmFacts,
  ) {}

  /** Count what a part says. Whatever a provider may send, its caller gets it. */
  count(part: unknown): void {
    this.#safely(() => this.counter.add(part));
  }

  /** The stream has ended: in full, by its reader's leave, or by a failure. */
  endStream(end: End, status = 200): void {
    this.end({ done: status, canceled: 499, failed: 500 }[end]);
  }

  fail(error: unknown): void {
    const status = countOf(error, "status") ?? countOf(error, "statusCode");
    this.end(isAbort(error) ? 499 : (status ?? 500));
  }

  /** Settle and track the call, the first time. */
  end(status: number): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#safely(() => this.#report(status));
  }

  #report(status: number): void {
    const { facts, metering } = this;
    const provider = facts.provider ?? this.provider;
    const { model, prompt } = facts;
    const usage = this.counter.usage({ provider, model, prompt });
    if (status < 400 && usage?.is_estimated !== false)
      metering.report(noUsage());
    if (usage) quietly(() => facts.onUsage?.(usage));
    const used = usage && { amount: this.#amountOf(usage) };
    metering.finish(facts.reservation, used, this.#event(status, usage));
  }

  #amountOf(usage: TokenUsage): number {
    let amount: number | undefined;
    this.#safely(() => {
      amount = this.facts.used?.(usage);
    });
    return amount ?? usage.tokens_total;
  }

  #event(status: number, usage: TokenUsage | null): UsageEvent {
    const { facts } = this;
    const event: UsageEvent = {
      occurred_at: this.#occurredAt,
      duration_ms: Math.round(performance.now() - this.#startedAt),
      provider: usage?.provider ?? facts.provider ?? this.provider,
    };
    if (facts.key !== undefined) event.key = facts.key;
    else event.customer_id = facts.customer_id;
    if (status >= 100 && status <= 599) event.status_code = status;
    if (facts.endpoint) event.endpoint = facts.endpoint.slice(0, 200);
    const model = usage?.model || facts.model;
    if (model) event.model = model.slice(0, 128);
    if (facts.properties) event.properties = facts.properties;
    if (!usage) return event;
    const { tokens_input, tokens_output, tokens_cached, tokens_reasoning } =
      usage;
    const tokens = {
      tokens_input,
      tokens_output,
      tokens_cached,
      tokens_reasoning,
    };
    const estimated = usage.is_estimated && {
      properties: { ...facts.properties, tokens_estimated: true },
    };
    return { ...event, ...tokens, ...estimated };
  }

  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      const why = textOf(error, "message") || "unknown failure";
      const told = `A call of a model was not counted in full: ${why}`;
      this.metering.report(new TollkeeperError(told, { code: "NO_USAGE" }));
    }
  }
}

function noUsage(): TollkeeperError {
  return new TollkeeperError(
    "A model's answer did not tell its tokens, so they are reckoned from its text, or left out. Ask OpenAI's chat streams for them: stream_options: { include_usage: true }.",
    { code: "NO_USAGE" },
  );
}

/** Whether a value is an answer of a provider's SDK that tells its parts by events. */
export function isEmitter(value: unknown): value is {
  on(event: string, listener: (part: unknown) => void): unknown;
} {
  const final = ["finalMessage", "finalChatCompletion", "finalResponse"];
  return (
    typeof fieldOf(value, "on") === "function" &&
    final.some((name) => typeof fieldOf(value, name) === "function")
  );
}
