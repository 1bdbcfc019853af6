import {
  mkdtemp,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sealAudit, verifyAudit } from "@/modules/audit";
import {
  backUp,
  backupsJobs,
  lastBackups,
  restore,
  verifyBackup,
} from "@/modules/backups";
import { setBalance } from "@/modules/ledger";
import { openTicket } from "@/modules/support";
import { tasksOf } from "@/platform/jobs";
import { useDatabase } from "../support/database";
import { startProgram } from "../support/worker";
import { world, type World } from "../support/world";
import { usd } from "./payments-fixture";

const database = useDatabase();

let w: World;
let folder: string;
beforeAll(async () => {
  w = await world();
  folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-backup-"));
  for (let i = 0; i < 5; i += 1) {
    const { id } = await w.customer({
      metadata: { text: "a\tb\\N\nc \\. é💥", i },
    });
    await setBalance(w.ctx, id, {
      balance: usd(100 + i),
      reason: "Opening \\.",
    });
    await openTicket(w.ctx, {
      customer_id: id,
      subject: "S",
      body: "\\.\n\\.",
      priority: "normal",
      category: "general",
    });
  }
  await database.query(
    "INSERT INTO attachments (id, uploaded_by_kind, name, type, size_bytes, bytes) VALUES (uuidv7(), 'staff', 'x', 'image/png', 1000000, decode(repeat('00ff5c2e0a', 200000), 'hex'))",
  );
  await sealAudit(w.ctx, { all: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fileOf = (name: string) => path.join(folder, name);

/** All that the database holds, table by table, as hashes. */
async function contents(): Promise<Record<string, string>> {
  const tables = await database.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT IN ('backups') ORDER BY 1",
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.query<{ hash: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")), '') AS hash FROM "${name}" t`,
    );
    found[name] = row?.hash ?? "";
  }
  return found;
}

test("what is restored is what was there, to the byte, with its log and its sequences", async () => {
  const file = fileOf("one.backup.gz");
  const before = await contents();
  const written = await backUp(w.ctx, file);
  expect(written.bytes).toBe((await stat(file)).size);
  const head = (await verifyAudit(w.ctx)).head;
  await w.customer();
  await database.query("DELETE FROM tickets");
  expect(await contents()).not.toEqual(before);
  await restore(w.ctx, file, { overwrite: true });
  expect(await contents()).toEqual(before);
  const verdict = await verifyAudit(w.ctx, { head: head ?? "" });
  expect(verdict.findings).toEqual([]);
  // Triggers work again, and numbers go on.
  await expect(database.query("DELETE FROM audit_log")).rejects.toThrow(
    /append only/,
  );
  const { id } = await w.customer();
  const ticket = await openTicket(w.ctx, {
    customer_id: id,
    subject: "Next",
    body: "x",
    priority: "normal",
    category: "general",
  });
  const numbers = await database.query<{ n: number }>(
    "SELECT count(DISTINCT number)::int AS n FROM tickets WHERE number = $1",
    [ticket.number],
  );
  expect(numbers).toEqual([{ n: 1 }]);
}, 60_000);

test("a backup made while others write is of one instant", async () => {
  const { id } = await w.customer();
  let isDone = false;
  const writing = (async () => {
    for (let n = 1; !isDone; n += 1)
      await setBalance(w.ctx, id, { balance: usd(n), reason: "Writing" });
  })();
  const file = fileOf("writes.backup.gz");
  await backUp(w.ctx, file).finally(() => (isDone = true));
  await writing;
  await restore(w.ctx, file, { overwrite: true });
  const wrong = await database.query(
    `SELECT c.id FROM customers c LEFT JOIN LATERAL (SELECT -coalesce(sum(amount_minor), 0) AS credit FROM ledger_entries e
       WHERE e.customer_id = c.id AND e.account = 'customer_credit') s ON true WHERE c.balance_minor <> s.credit`,
  );
  expect(wrong).toEqual([]);
  expect((await verifyAudit(w.ctx)).findings).toEqual([]);
}, 60_000);

test("a second one that begins meanwhile is refused, and one that died is noted as failed", async () => {
  await database.query(
    "INSERT INTO backups (id, file, status, started_at) VALUES (gen_random_uuid(), '/gone', 'running', now() - interval '1 day')",
  );
  const both = await Promise.allSettled(
    ["first", "second"].map((name) =>
      backUp(w.ctx, fileOf(`${name}.backup.gz`)),
    ),
  );
  const refused = both.filter((one) => one.status === "rejected");
  expect(refused.map(({ reason }) => reason.code)).toEqual(["CONFLICT"]);
  const states = await database.query(
    "SELECT status, error FROM backups WHERE file = '/gone' OR file ~ '/(first|second).backup.gz' ORDER BY started_at",
  );
  expect(states).toEqual([
    { status: "failed", error: "the process died" },
    { status: "ready", error: null },
  ]);
}, 60_000);

test("a restore that is killed leaves all as it was, and can be done again", async () => {
  const file = fileOf("killed.backup.gz");
  await database.query(
    `INSERT INTO usage_events (id, customer_id, occurred_at, received_at, meter, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, properties)
     SELECT 'k' || n, gen_random_uuid(), now() - n % 40 * interval '1 day', now(), 'calls', 0, 0, 0, 0, 1, '{"a": "b"}' FROM generate_series(1, 100000) n`,
  );
  await backUp(w.ctx, file);
  const there = await contents();
  await database.query("UPDATE customers SET full_name = 'Changed'");
  const changed = await contents();
  const restoring = await startProgram([
    "cli",
    "restore",
    "--from",
    file,
    "--overwrite",
  ]);
  const isAtIt = () =>
    database.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%usage_events%' AND state = 'active'",
    );
  for (let look = 0; (await isAtIt()).length === 0; look += 1) {
    if (look === 2_000) throw new Error("It did not begin");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await restoring.kill9();
  expect(await contents()).toEqual(changed);
  await restore(w.ctx, file, { overwrite: true });
  expect(await contents()).toEqual(there);
}, 300_000);

test("a database with data is not overwritten unless told", async () => {
  const file = fileOf("refused.backup.gz");
  await backUp(w.ctx, file);
  const before = await contents();
  await expect(restore(w.ctx, file, { overwrite: false })).rejects.toThrow(
    /has data.*--overwrite/,
  );
  expect(await contents()).toEqual(before);
});

test("a file that is cut off, changed or none is refused with words, and changes nothing", async () => {
  const file = fileOf("whole.backup.gz");
  await backUp(w.ctx, file);
  const before = await contents();
  const text = gunzipSync(await readFile(file)).toString("latin1");
  const changed = gzipSync(
    Buffer.from(text.replace("Opening", "Closing"), "latin1"),
  );
  const short = gzipSync(Buffer.from(text.slice(0, -400), "latin1"));
  const cases: [string, Buffer, RegExp][] = [
    ["changed", changed, /are not those that were written/],
    ["short", short, /ends too soon|none of a backup/],
    ["none", gzipSync("hello\n"), /none of a backup/],
    ["plain", Buffer.from("hello"), /cannot be used/],
  ];
  for (const [name, bytes, words] of cases) {
    const bad = fileOf(`${name}.gz`);
    await writeFile(bad, bytes);
    await expect(verifyBackup(bad)).rejects.toThrow(words);
    await expect(restore(w.ctx, bad, { overwrite: true })).rejects.toThrow(
      words,
    );
  }
  await truncate(file, (await stat(file)).size - 20);
  await expect(verifyBackup(file)).rejects.toThrow(/cannot be used/);
  expect(await contents()).toEqual(before);
}, 60_000);

test("the nightly one is noted, old ones go, and staff are told when none was made", async () => {
  await w.staff({
    email: "owner@example.com",
    password: "correct horse battery",
  });
  process.env["BACKUP_DIR"] = folder;
  const { env } = await import("@/platform/env");
  env().BACKUP_DIR = folder;
  const tasks = tasksOf([backupsJobs]);
  const run = (name: string) => tasks[name]?.({}, undefined as never);
  await run("backups_make");
  const first = await lastBackups(w.ctx);
  expect(first).toMatchObject({
    ...{ is_nightly: true, is_late: false },
    ready: {
      ...{ status: "ready", error: null },
      ...{ bytes: expect.any(Number), verified_at: expect.any(String) },
    },
  });
  await database.query(
    "UPDATE backups SET started_at = now() - interval '20 days'",
  );
  expect((await lastBackups(w.ctx)).is_late).toBe(true);
  await run("backups_watch");
  const told = await database.query(
    "SELECT 1 FROM outbox WHERE name = 'backup.failed'",
  );
  expect(told).toHaveLength(1);
  await run("backups_make");
  await expect(stat(first.ready?.file ?? "")).rejects.toThrow(/ENOENT/);
  const second = await lastBackups(w.ctx);
  await expect(verifyBackup(second.ready?.file ?? "")).resolves.toMatchObject({
    footer: { end: true },
  });
  await run("backups_watch");
  expect(
    await database.query("SELECT 1 FROM outbox WHERE name = 'backup.failed'"),
  ).toHaveLength(1);
}, 60_000);
