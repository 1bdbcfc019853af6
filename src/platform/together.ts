import type { Ctx, TxCtx } from "./context";
import { transaction } from "./db/transaction";

/** One of the things that are worked on together. */
export type Lane = {
  ask<In, Out>(run: RunMany<In, Out>, ctx: Ctx, input: In): Promise<Out>;
};

/** Does for many inputs what is asked for each, and answers in their order. */
type RunMany<In, Out> = (ctx: never, inputs: In[]) => Promise<Out[]>;

/**
 * Work on many things side by side in one transaction: what `forMany` made goes to the database
 * once for all that ask for it at the same step. All of it commits, or nothing: if the work on one
 * throws, so does this, once the others have come to an end. Two things must not change the same
 * row, since neither waits for the other.
 */
export async function together<T, R>(
  ctx: Ctx,
  things: T[],
  work: (tx: TxCtx, thing: T) => Promise<R>,
): Promise<R[]> {
  return transaction(ctx, async (tx) => {
    const step = new Step(things.length);
    const results = await Promise.allSettled(
      things.map(async (thing) => {
        const lane = new Place(step);
        try {
          return await work({ ...tx, lane }, thing);
        } finally {
          step.leave();
        }
      }),
    );
    return results.map((result) => {
      if (result.status === "rejected") throw result.reason;
      return result.value;
    });
  });
}

/**
 * A query of one thing, made of one of many: inside `together()` it is run once for all things that
 * are at this step, in their order; elsewhere for the one at once.
 */
export function forMany<C extends Ctx, In, Out>(
  run: (ctx: C, inputs: In[]) => Promise<Out[]>,
): (ctx: C, input: In) => Promise<Out> {
  return async (ctx, input) => {
    // Safe: the context that it is run with is that of the first who asked.
    if (ctx.lane) return ctx.lane.ask(run, ctx, input);
    const [only] = await run(ctx, [input]);
    return only as Out; // Safe: an answer for each input.
  };
}

type Waiting = {
  ctx: Ctx;
  inputs: unknown[];
  calls: { resolve(value: unknown): void; reject(reason: unknown): void }[];
};

/** Where all things are: when each waits for an answer, the questions are put. */
class Step {
  private waiting = new Map<RunMany<never, unknown>, Waiting>();
  private asking = 0;
  private isDue = false;
  private isRunning = false;

  constructor(private working: number) {}

  leave(): void {
    this.working -= 1;
    this.look();
  }

  change(asking: 1 | -1): void {
    this.asking += asking;
    this.look();
  }

  put<In, Out>(run: RunMany<In, Out>, ctx: Ctx, input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      // Safe, as below: what was put under a function is its input, and what it gives its answer.
      const key = run as unknown as RunMany<never, unknown>;
      const found = this.waiting.get(key) ?? { ctx, inputs: [], calls: [] };
      this.waiting.set(key, found);
      found.inputs.push(input);
      found.calls.push({
        resolve: resolve,
        reject,
      });
    });
  }

  // At the end of the event loop's turn, since one thing may ask for several at once.
  private look(): void {
    if (this.isDue || this.isRunning || !this.isReady()) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      if (this.isReady()) void this.run();
    });
  }

  private isReady(): boolean {
    return this.asking >= this.working && this.waiting.size > 0;
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    const all = [...this.waiting];
    this.waiting = new Map();
    for (const [run, { ctx, inputs, calls }] of all) {
      try {
        const { lane: _, ...alone } = ctx;
        const answers = await run(alone as never, inputs as never[]);
        if (answers.length !== inputs.length)
          throw new Error(
            `A query for ${inputs.length} gave ${answers.length} answers.`,
          );
        for (const [i, call] of calls.entries()) call.resolve(answers[i]);
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
    }
    this.isRunning = false;
    this.look();
  }
}

class Place implements Lane {
  private asks = 0;

  constructor(private step: Step) {}

  async ask<In, Out>(run: RunMany<In, Out>, ctx: Ctx, input: In): Promise<Out> {
    const answer = this.step.put(run, ctx, input);
    // A thing that asks for several at once waits once.
    this.asks += 1;
    if (this.asks === 1) this.step.change(1);
    try {
      return await answer;
    } finally {
      this.asks -= 1;
      if (this.asks === 0) this.step.change(-1);
    }
  }
}
