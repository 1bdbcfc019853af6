import { isAbort } from "./shape";

/** How a stream ended: to its end, given up by its reader, or broken at its source. */
export type End = "done" | "canceled" | "failed";

type Watcher<T> = { onChunk?: (chunk: T) => void; onEnd: (end: End) => void };

/** The same stream, with someone told of its chunks and its end. */
export function watched<T>(
  source: ReadableStream<T>,
  { onChunk, onEnd }: Watcher<T>,
): ReadableStream<T> {
  const reader = source.getReader();
  return new ReadableStream<T>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            onEnd("done");
            return controller.close();
          }
          onChunk?.(value);
          controller.enqueue(value);
        } catch (error) {
          onEnd(endOf(error));
          controller.error(error);
        }
      },
      async cancel(reason) {
        onEnd("canceled");
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 }, // no chunk is taken before it is wanted
  );
}

// What aborts a request of its own gives its answer up.
function endOf(error: unknown): End {
  return isAbort(error) ? "canceled" : "failed";
}

/** The same for what is iterated. Leaving a loop early is a cancel. */
export async function* watchedIteration<T>(
  source: AsyncIterable<T>,
  { onChunk, onEnd }: Watcher<T>,
): AsyncGenerator<T, void, undefined> {
  let end: End = "canceled";
  try {
    for await (const chunk of source) {
      onChunk?.(chunk);
      yield chunk;
    }
    end = "done";
  } catch (error) {
    end = endOf(error);
    throw error;
  } finally {
    onEnd(end);
  }
}
