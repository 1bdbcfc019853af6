import { TollkeeperError } from "./errors";
import type { IngestResult, TrackedEvent } from "./tracking";

/** An event that Tollkeeper refused for good. Its `key`, if it names one, is a secret. */
export type Rejection = {
  event: TrackedEvent;
  /** `conflict`: this id was taken before, with another content */
  status: "rejected" | "conflict";
  code: string | null;
  error: string;
};

/** The items of an answer that were not taken, with the events they are about. */
export function rejectionsOf(
  batch: readonly TrackedEvent[],
  items: IngestResult["items"],
): Rejection[] {
  return items.flatMap(({ id, status, code, error }, at) => {
    // Answers come in the order of the events; the id settles it where they do not.
    const event =
      batch[at]?.id === id || id === null
        ? batch[at]
        : batch.find((sent) => sent.id === id);
    if (!event || (status !== "rejected" && status !== "conflict")) return [];
    return [{ event, status, code: code ?? null, error: error ?? status }];
  });
}

/** The same for `onError`, which hears nothing of the events themselves. */
export function rejectionError(
  rejections: readonly Rejection[],
): TollkeeperError {
  const [first] = rejections;
  return new TollkeeperError(
    `Tollkeeper did not take ${rejections.length} usage events. The first: ${first?.error}`,
    {
      code: "EVENTS_REJECTED",
      details: rejections.map(({ event, ...why }) => ({
        id: event.id,
        ...why,
      })),
    },
  );
}
