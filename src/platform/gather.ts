type Waiting<In, Out> = {
  input: In;
  resolve(value: Out): void;
  reject(reason: unknown): void;
};

/**
 * Turn a function over many inputs into one over a single input: calls that come in while all
 * `connections` are busy go together in the next statement. An idle server adds no wait. One
 * connection is the best for short statements: two would wait for each other's row locks.
 * `runMany` must answer in the order of its inputs. If it rejects, all calls of that batch do.
 */
export function gather<In, Out>(
  runMany: (inputs: In[]) => Promise<Out[]>,
  { connections = 1, max = 256 } = {},
): (input: In) => Promise<Out> {
  let queue: Waiting<In, Out>[] = [];
  let busy = 0;

  async function run(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await runMany(batch.map(({ input }) => input));
      if (results.length !== batch.length)
        throw new Error(
          `A statement for ${batch.length} calls gave ${results.length} answers`,
        );
      // Safe: the lengths are equal, so each index holds a result.
      batch.forEach((call, i) => call.resolve(results[i] as Out));
    } catch (error) {
      for (const call of batch) call.reject(error);
    }
  }

  function pump(): void {
    while (busy < connections && queue.length > 0) {
      // All connections that are free take a part of what waits.
      const share = Math.ceil(queue.length / (connections - busy));
      const batch = queue.slice(0, Math.min(max, share));
      queue = queue.slice(batch.length);
      busy += 1;
      void run(batch).finally(() => {
        busy -= 1;
        pump();
      });
    }
  }

  return (input) =>
    new Promise((resolve, reject) => {
      queue.push({ input, resolve, reject });
      // At the end of the event loop's turn: what came in at once shares the first statement.
      if (queue.length === 1) setImmediate(pump);
    });
}
