// Sends what waits before the process ends. `exit` itself is too late: nothing asynchronous runs
// after it, so a host that calls process.exit() awaits close() first.

type Finish = () => Promise<unknown>;

const signals = ["SIGTERM", "SIGINT"] as const;
const unfinished = new Set<Finish>();
let isListening = false;

/** Have something finished before the process ends. Returns how to take that back. */
export function beforeProcessEnds(finish: Finish): () => void {
  unfinished.add(finish);
  listen();
  return () => {
    unfinished.delete(finish);
    if (unfinished.size === 0) stopListening();
  };
}

function hasProcess(): boolean {
  return typeof process === "object" && typeof process.once === "function";
}

function listen(): void {
  if (isListening || !hasProcess()) return;
  isListening = true;
  process.on("beforeExit", finishAll);
  for (const signal of signals) process.once(signal, onSignal);
}

function stopListening(): void {
  if (!isListening) return;
  isListening = false;
  process.off("beforeExit", finishAll);
  for (const signal of signals) process.off(signal, onSignal);
}

// What is asked to finish keeps the process alive meanwhile, and does nothing when it has.
function finishAll(): void {
  for (const finish of unfinished) void finish();
}

function onSignal(signal: NodeJS.Signals): void {
  void endBy(signal);
}

async function endBy(signal: NodeJS.Signals): Promise<void> {
  // With a listener of its own the host decides when to end. Without one the signal would have
  // ended it, so it still does, a moment later.
  const isOurs = process.listenerCount(signal) === 0;
  // Twice, since a call that is settled in the first round leaves an event for the second.
  for (let round = 0; round < 2; round++)
    await Promise.all(Array.from(unfinished, (finish) => finish()));
  if (isOurs) process.kill(process.pid, signal);
}
