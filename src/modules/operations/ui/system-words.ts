import type { System } from "../contract";

/** "4 min": how long something has waited, in one unit. */
export function waitText(seconds: number): string {
  if (seconds < 1) return "None";
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** "340 ms", "2.1 s". */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 120_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return waitText(milliseconds / 1_000);
}

/** What must be done about jobs, if anything: in one sentence. */
export function queueTrouble({
  workers,
  queue,
}: Pick<System, "workers" | "queue">): string | null {
  if (!workers.some(({ is_alive }) => is_alive))
    return "No worker is alive. Mails, events and timers wait until one is: start npm run worker, or set WORKER_MODE=inline.";
  if (queue.lag_seconds > 600)
    return `The oldest job has waited for ${waitText(queue.lag_seconds)}. The workers do not keep up: start another, or see below which task fails.`;
  return null;
}
