import { execFileSync } from "node:child_process";
import { settings, updateSettings } from "@/modules/settings";
import { disconnect } from "@/platform/db";
import { migrate } from "../../scripts/lib/migrate.mjs";
import { startPostgres } from "../../scripts/lib/postgres.mjs";
import { makeTemporaryFolder } from "../../scripts/lib/temporary-folder.mjs";
import { callRoute } from "../support/app";
import { world, type World } from "../support/world";

// A PostgreSQL of its own: freezing the one that all tests share would freeze them.
let close: () => Promise<void>;
let pids: () => number[];
let w: World;
let customer_id: string;

beforeAll(async () => {
  const { folder, remove } = await makeTemporaryFolder("frozen");
  const postgres = await startPostgres({
    dataDir: folder,
    database: "frozen",
    durable: false,
    log: () => {},
  });
  close = async () => {
    await disconnect();
    await postgres.stop();
    await remove();
  };
  pids = () => processesOf(folder);
  await migrate(postgres.url);
  process.env["DATABASE_URL"] = postgres.url;
  process.env["DATABASE_WAIT_SECONDS"] = "2";
  w = await world();
  customer_id = (await w.customer()).id;
}, 300_000);
afterEach(() => signal("SIGCONT"));
afterAll(() => close(), 60_000);

const check = (body: object) =>
  callRoute("access.check", {
    headers: { authorization: `Bearer ${w.everything}` },
    body,
  });

async function setFailOpen(fail_open: boolean): Promise<void> {
  await updateSettings(w.ctx, { access: { fail_open } });
  await settings(w.ctx);
  expect((await check({ customer_id })).body).toMatchObject({ valid: true });
}

test("a frozen database refuses checks with 503 and Retry-After in 2 s, and heals", async () => {
  await setFailOpen(false);
  signal("SIGSTOP");
  const start = Date.now();
  const answer = await check({ customer_id });
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(Date.now() - start).toBeLessThan(4_000);
  signal("SIGCONT");
  expect((await check({ customer_id })).body.code).toBe("VALID");
}, 60_000);

test("with fail_open it lets pass, flagged, what only has rate windows; money and features never", async () => {
  await setFailOpen(true);
  signal("SIGSTOP");
  const asked = [
    { customer_id },
    { customer_id, meter: "calls" },
    { customer_id, feature: "export" },
    { customer_id, reserve: { spend: "1" } },
  ];
  const answers = await Promise.all(asked.map(check));
  expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 503]);
  expect(answers[0]?.body).toMatchObject({
    code: "VALID",
    valid: true,
    degraded: true,
    customer: null,
  });
  // What cannot be a key is none, whoever answers.
  expect((await check({ key: "nonsense" })).body.code).toBe("NOT_FOUND");
  signal("SIGCONT");
  const after = await check({ customer_id });
  expect(after.body).toMatchObject({ code: "VALID" });
  expect(after.body.degraded).toBeUndefined();
}, 60_000);

test("whom this process has not seen before is not let through", async () => {
  await setFailOpen(true);
  const token = await w.token(["access:check"]);
  signal("SIGSTOP");
  const answer = await callRoute("access.check", {
    headers: { authorization: `Bearer ${token}` },
    body: { customer_id },
  });
  expect(answer.status).toBe(503);
}, 60_000);

function signal(name: "SIGSTOP" | "SIGCONT"): void {
  for (const pid of pids()) process.kill(pid, name);
}

/** PostgreSQL's processes of a data folder: the first, and those that it started. */
function processesOf(folder: string): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], {
    encoding: "utf8",
  })
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const first = lines.find(
    ([, , ...args]) =>
      args.join(" ").includes(folder) && /postgres\b/.test(args[0] ?? ""),
  );
  if (!first) throw new Error("PostgreSQL is not among the processes");
  return lines
    .filter(([pid, parent]) => pid === first[0] || parent === first[0])
    .map(([pid]) => Number(pid));
}
