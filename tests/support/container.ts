import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const ROOT = path.resolve(__dirname, "../..");
const run = promisify(execFile);

// Nobody in particular, where the test itself may do anything.
const ordinary = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** The lines of the Dockerfile that begin with this word, without it. */
export function dockerLines(word: string): string[] {
  return readFileSync(path.join(ROOT, "Dockerfile"), "utf8")
    .split("\n")
    .flatMap((line) =>
      line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : [],
    );
}

/** The last of them, which holds one command in JSON. */
export function dockerCommand(word: string): string[] {
  const text = dockerLines(word).at(-1) ?? "[]";
  // Safe: it is the form that ENTRYPOINT, CMD and HEALTHCHECK … CMD have here.
  return JSON.parse(text.slice(text.indexOf("["))) as string[];
}

/** What the image holds, in a folder that `remove()` removes, by the script that the Dockerfile runs. */
export async function layOutImage() {
  const folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-image-"));
  await chmod(folder, 0o755);
  const [, script = "none"] =
    /^node (\S+) \/image$/.exec(
      dockerLines("RUN").find((line) => line.endsWith(" /image")) ?? "",
    ) ?? [];
  await run(process.execPath, [script, folder], {
    cwd: ROOT,
    timeout: 1_500_000,
    maxBuffer: 1e8,
  });
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A container of that image, as near as it gets without Docker. */
export type Container = {
  output(): string;
  hasEnded(): boolean;
  /** resolves with its exit code */
  ended: Promise<number | null>;
  /** SIGTERM; SIGKILL after 30 s */
  stop(): Promise<number | null>;
};

/** Runs a command of the image by its entry point, with the image's environment and this one's. */
export function startContainer(
  folder: string,
  args: string[],
  environment: Record<string, string>,
): Container {
  return follow(
    start(folder, [...dockerCommand("ENTRYPOINT"), ...args], environment),
  );
}

/** Runs what the image checks its health by; answers the exit code. */
export async function healthCheck(
  folder: string,
  environment: Record<string, string>,
): Promise<number | null> {
  return follow(start(folder, dockerCommand("HEALTHCHECK"), environment)).ended;
}

function start(
  cwd: string,
  [program = "", ...args]: string[],
  environment: Record<string, string>,
): ChildProcess {
  const pairs = dockerLines("ENV").flatMap((line) => line.split(" "));
  const ofImage = Object.fromEntries(pairs.map((pair) => pair.split("=")));
  return spawn(program === "node" ? process.execPath : program, args, {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", ...ofImage, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...ordinary,
  });
}

function follow(child: ChildProcess): Container {
  let output = "";
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const ended = once(child, "close").then(() => child.exitCode);
  return {
    output: () => output,
    hasEnded: () => child.exitCode !== null,
    ended,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
      const code = await ended;
      clearTimeout(timer);
      return code;
    },
  };
}
