import { parentPort, type Worker } from "node:worker_threads";
import { singleton } from "./singleton";

type Asked = { id: number; input: unknown };
type Answered = { id: number; value?: unknown; error?: string };

type Waiting = {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
};

type Thread = { worker: Worker; waiting: Map<number, Waiting>; asked: number };

type Start = (name: string) => Worker;

const idleMilliseconds = 60_000;

const threads = () =>
  singleton("threads", () => ({
    start: null as Start | null,
    running: new Map<string, Thread>(),
  }));

/** From now on work on threads is done there: by built programs, which know where the others are. */
export function startThreadsBy(start: Start): void {
  threads().start = start;
}

/**
 * Let work that computes for long be done on a thread of its own, one piece after the other. In a
 * process that starts none, in tests and commands, it is done by `here`. Input and answer are
 * cloned: they hold data only.
 */
export function onThread<In, Out>(
  name: string,
  here: (input: In) => Promise<Out>,
): (input: In) => Promise<Out> {
  return (input) => {
    const { start } = threads();
    // Safe: the program of that name answers what `here` would.
    return start ? (ask(name, start, input) as Promise<Out>) : here(input);
  };
}

/** What the program of a thread does with each input. */
export function serveThread<In>(work: (input: In) => Promise<unknown>): void {
  parentPort?.on("message", ({ id, input }: Asked) => {
    void work(input as In) // Safe: `onThread` has sent it.
      .then(
        (value): Answered => ({ id, value }),
        (error: unknown): Answered => ({ id, error: wordsOf(error) }),
      )
      .then((answer) => parentPort?.postMessage(answer));
  });
}

function ask(name: string, start: Start, input: unknown): Promise<unknown> {
  const { running } = threads();
  const thread = running.get(name) ?? open(name, start);
  return new Promise((resolve, reject) => {
    const id = thread.asked++;
    thread.waiting.set(id, { resolve, reject });
    thread.worker.ref();
    thread.worker.postMessage({ id, input } satisfies Asked);
  });
}

function open(name: string, start: Start): Thread {
  const { running } = threads();
  const worker = start(name);
  const waiting = new Map<number, Waiting>();
  const thread = { worker, waiting, asked: 0 };
  running.set(name, thread);
  const end = (reason: Error) => {
    if (running.get(name) === thread) running.delete(name);
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  worker.on("message", ({ id, value, error }: Answered) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asker?.resolve(value);
    else asker?.reject(new Error(error));
    if (waiting.size === 0) rest(name, thread);
  });
  worker.on("error", end);
  worker.on("exit", () => end(new Error(`The thread ${name} has ended.`)));
  return thread;
}

// It keeps no process alive, and what it holds in memory not for long.
function rest(name: string, thread: Thread): void {
  const { worker, waiting, asked } = thread;
  worker.unref();
  setTimeout(() => {
    if (waiting.size > 0 || thread.asked !== asked) return;
    threads().running.delete(name);
    void worker.terminate();
  }, idleMilliseconds).unref();
}

function wordsOf(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message)
    : String(error);
}
