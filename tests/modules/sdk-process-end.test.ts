import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import {
  problem,
  reservationId,
  standInToken,
  startApiStandIn,
  type ApiStandIn,
} from "../support/api-stand-in";

let api: ApiStandIn;
let folder: string;
let sdk: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "sdk-end-"));
  sdk = path.join(folder, "sdk.mjs");
  await build({
    entryPoints: [path.resolve(__dirname, "../../sdk/src/index.ts")],
    outfile: sdk,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  api = await startApiStandIn();
});
afterEach(() => api.stop());

/** A program of its own, with a Tollkeeper that would send only after a minute. */
function start(script: string, options = {}) {
  const given = { url: api.url, token: standInToken, flushMs: 60_000 };
  const program = `
    import { createTollkeeper } from ${JSON.stringify(sdk)};
    const tollkeeper = createTollkeeper(${JSON.stringify({ ...given, ...options })});
    const track = () => tollkeeper.track({ key: "sk_1", id: "last" });
    ${script}`;
  const child = spawn(
    process.execPath,
    ["--unhandled-rejections=strict", "--input-type=module", "--eval", program],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const printed: string[] = [];
  for (const output of [child.stdout, child.stderr])
    output.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const ended = once(child, "exit").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    printed: printed.join(""),
  }));
  return {
    ended,
    async stop(signal: NodeJS.Signals) {
      for (let turn = 0; turn < 500 && printed.length === 0; turn++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill(signal);
      return ended;
    },
  };
}

const serving = `setInterval(() => {}, 1000); console.log("ready");`;
const sent = () => api.batches.flat().map(({ id }) => id);

test("a program that is done sends what it tracked, and ends at once", async () => {
  const startedAt = Date.now();
  expect(await start("track();").ended).toMatchObject({ code: 0, printed: "" });
  expect(sent()).toEqual(["last"]);
  expect(Date.now() - startedAt).toBeLessThan(20_000);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s sends what was tracked, and then ends the program as it would have",
  async (signal) => {
    const program = start(`track(); ${serving}`);
    expect(await program.stop(signal)).toMatchObject({ signal, code: null });
    expect(sent()).toEqual(["last"]);
  },
);

test("a program with a listener of its own decides when it ends", async () => {
  const program = start(`
    track();
    process.once("SIGTERM", () => setTimeout(async () => {
      await tollkeeper.close();
      process.exit(7);
    }, 300));
    ${serving}`);
  expect(await program.stop("SIGTERM")).toMatchObject({ code: 7 });
  expect(sent()).toEqual(["last"]);
});

test("what is being settled is settled, and its event sent after it", async () => {
  api.nextClosings.push(problem(503, "UNAVAILABLE"));
  const { code } = await start(`
    const run = tollkeeper.protect(async () => "done", {
      subject: () => ({ key: "sk_1" }),
      meter: "pages",
      reserve: { amount: 9 },
    });
    await run();`).ended;
  expect(code).toBe(0);
  expect(api.closings).toEqual([
    [reservationId, { amount: 9, spend: undefined }],
    [reservationId, { amount: 9, spend: undefined }],
  ]);
  expect(api.batches.flat()).toMatchObject([{ meter: "pages", quantity: 9 }]);
});

test("an outage is waited out for a moment, told, and rejects nothing unhandled", async () => {
  await api.stop();
  const { code, printed } = await start(
    `track(); ${"await tollkeeper.check({ key: 'sk_1' });"}`,
  ).ended;
  expect(code).toBe(0);
  expect(printed).toContain("EVENTS_LOST: 1 usage events");
  api = await startApiStandIn();
}, 60_000);

test("with flushOnExit switched off nothing is sent, and no listener is left", async () => {
  const script = `track(); console.log(process.listenerCount("SIGTERM") + process.listenerCount("beforeExit"));`;
  const quiet = await start(script, { flushOnExit: false }).ended;
  expect(quiet).toMatchObject({ code: 0, printed: "0\n" });
  expect(sent()).toEqual([]);
});

test("switched off, it leaves nothing behind in the process", async () => {
  const script = `
    track();
    await tollkeeper.check({ key: "sk_1" });
    await tollkeeper.llm.openai(async () => ({}), { key: "sk_1" });
    const kinds = process.getActiveResourcesInfo().filter((kind) => /Timeout|TCP/.test(kind));
    console.log(kinds.length + process.listenerCount("SIGTERM") + process.listenerCount("beforeExit"));`;
  const off = await start(script, { enabled: false }).ended;
  expect(off).toMatchObject({ code: 0, printed: "0\n" });
  expect([...api.checks, ...api.batches]).toEqual([]);
});
