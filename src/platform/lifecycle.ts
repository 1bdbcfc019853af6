import { singleton } from "./singleton";

/** Whether this process is on its way out: no longer ready, finishing what it began. */
export function lifecycle(): { isDraining: boolean } {
  return singleton("lifecycle", () => ({ isDraining: false }));
}
