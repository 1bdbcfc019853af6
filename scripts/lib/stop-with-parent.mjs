// Preloaded into the programs that scripts start: the pipe on their standard input closes when the
// script dies, however it dies, and then they stop too.
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 30_000;

// Their own children and threads load this file as well, and have another standard input.
if (isMainThread && process.env.SCRIPT_PID === String(process.ppid)) {
  delete process.env.SCRIPT_PID;
  process.stdin.on("error", stop).on("close", stop).resume();
  // A pipe that is read keeps a process alive; this one must not. A pipe is a socket to Node.
  if ("unref" in process.stdin) process.stdin.unref();
}

function stop() {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
}
