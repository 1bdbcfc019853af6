import { onClient, type Run } from "./client";

export type { Run };

/** Run statements that take minutes, on a connection of their own without timeouts: seeds, upkeep. */
export function bulk<T>(work: (run: Run) => Promise<T>): Promise<T> {
  return onClient({ connectionTimeoutMillis: 0 }, work);
}
