import { singleton } from "./singleton";

/**
 * Run work that asks for the same row one after the other in this process, so that those who wait
 * hold no connection. Other processes are held off by the row's lock.
 */
export async function inTurn<T>(
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const turns = singleton("turns", () => new Map<string, Promise<unknown>>());
  const before = turns.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(name, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(name) === mine) turns.delete(name);
  }
}
