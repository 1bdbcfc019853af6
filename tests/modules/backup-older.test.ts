import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { restore } from "@/modules/backups";
import { plan } from "@/modules/backups/queries/backups";
import { writeBackup } from "@/platform/backup/write";
import { systemCtx } from "@/platform/jobs";
import { fromUuid } from "@/shared/ids";
import { migrate } from "../../scripts/lib/migrate.mjs";
import { useDatabase } from "../support/database";

// What docs/operations.md promises of a backup of another version.

const database = useDatabase();
jest.setTimeout(300_000);

/** As of some days and migrations ago: nobody could be erased yet, and there were no backups. */
const older = "20261122030000_workers";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-older-"));
  file = path.join(folder, "older.backup.gz");
  await bare();
  await migrate(database.url, { upTo: older });
  for (const name of ["ada", "grace"])
    await database.query(
      `WITH c AS (INSERT INTO customers (id, email, full_name, search_text, sort_name, updated_at)
         VALUES (uuidv7(), $1 || '@example.com', $1 || ' King', $1, $1, now()) RETURNING id)
       INSERT INTO users (id, email, full_name, updated_at) SELECT uuidv7(), $1 || '@example.com', $1 || ' King', now() FROM c`,
      [name],
    );
  await database.query(
    `INSERT INTO memberships (user_id, customer_id, role) SELECT u.id, c.id, 'owner' FROM users u JOIN customers c ON c.email = u.email`,
  );
  await writeBackup(file, plan, new Date());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function bare(): Promise<void> {
  await database.query(
    "DROP SCHEMA IF EXISTS graphile_worker CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
  );
}

/** npm run cli restore --from … as a process of its own; what it printed. */
async function restoreByProgram(from: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["scripts/cli.mjs", "restore", "--from", from],
    {
      cwd: path.resolve(__dirname, "../.."),
      env: { ...process.env, NODE_ENV: "development" },
      timeout: 240_000,
    },
  );
  return stdout + stderr;
}

const applied = () =>
  database.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1",
  );

test("one of an older version is brought up to this one, and who was erased since is erased again", async () => {
  const [ada] = await database.query<{ id: string }>(
    "SELECT id::text FROM customers WHERE email = 'ada@example.com'",
  );
  const line = {
    customer_id: fromUuid("cus", ada?.id ?? ""),
    erased_at: new Date().toISOString(),
  };
  await writeFile(
    path.join(folder, "erasures.ndjson"),
    `${JSON.stringify(line)}\n`,
  );
  await bare();
  const said = await restoreByProgram(file);
  expect(said).toContain("1 customers erased again");
  expect(said).toContain("audit log: nothing is wrong");
  const folders = await readdir(path.resolve("prisma/migrations"));
  expect((await applied()).map(({ name }) => name)).toEqual(
    folders.filter((name) => /^\d/.test(name)).sort(),
  );
  expect(
    await database.query(
      "SELECT full_name, erased_at IS NOT NULL AS is_erased FROM customers ORDER BY 2, 1",
    ),
  ).toEqual([
    { full_name: "grace King", is_erased: false },
    { full_name: "Erased customer", is_erased: true },
  ]);
  expect(
    await database.query("SELECT email FROM users ORDER BY email"),
  ).toEqual([{ email: "grace@example.com" }]);
});

test("into a database of this version it is refused, with what to do, and changes nothing", async () => {
  const before = await database.query("SELECT id FROM customers ORDER BY id");
  for (const overwrite of [false, true])
    await expect(
      restore(systemCtx("test"), file, { overwrite }),
    ).rejects.toThrow(
      /of an older version, without 20261122031000_erasures.*Restore it into an empty database/,
    );
  expect(await database.query("SELECT id FROM customers ORDER BY id")).toEqual(
    before,
  );
});

test("one of a newer version is refused by its name", async () => {
  const [header = "", ...rest] = gunzipSync(readFileSync(file))
    .toString("latin1")
    .split("\n");
  const told = JSON.parse(header) as { migrations: string[] };
  told.migrations.push("20991231000000_not_yet");
  const newer = path.join(folder, "newer.backup.gz");
  await writeFile(
    newer,
    gzipSync(Buffer.from([JSON.stringify(told), ...rest].join("\n"), "latin1")),
  );
  await expect(
    restore(systemCtx("test"), newer, { overwrite: true }),
  ).rejects.toThrow(
    "The backup is of a newer version (20991231000000_not_yet). Restore it with that one.",
  );
});
