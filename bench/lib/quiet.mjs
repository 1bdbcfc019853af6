import os from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const BUSY = 0.1;
const STILL_BUSY = 0.3; // the database tidies up after a run
const SAMPLE_MS = 1_000;

/**
 * Waits until the rest of the machine takes less than a tenth of it, for as long as the
 * environment's BENCH_WAIT_SECONDS says (60 unless set).
 * @returns {Promise<boolean>} false when it has not become quiet
 */
export async function waitForQuiet() {
  const patience = Number(process.env.BENCH_WAIT_SECONDS || 60) * 1000;
  for (const end = Date.now() + patience; ;) {
    if ((await busyShare()) < BUSY) return true;
    if (Date.now() > end) return false;
  }
}

/** Whether something else has begun to work meanwhile. */
export async function isStillQuiet() {
  return (await busyShare()) < STILL_BUSY;
}

/** The machine in a line: for the head of a report. */
export function describeMachine() {
  const cpus = os.cpus();
  const gigabytes = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} × ${cpus[0]?.model.trim() ?? "unknown"}, ${gigabytes} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}`;
}

/** The share of all cores that was busy in the next second. */
async function busyShare() {
  const before = times();
  await sleep(SAMPLE_MS);
  const after = times();
  const all = after.all - before.all;
  return all === 0 ? 0 : 1 - (after.idle - before.idle) / all;
}

function times() {
  let all = 0;
  let idle = 0;
  for (const cpu of os.cpus()) {
    idle += cpu.times.idle;
    for (const spent of Object.values(cpu.times)) all += spent;
  }
  return { all, idle };
}
