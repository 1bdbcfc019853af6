import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, dropDatabase } from "../scripts/lib/database-client.mjs";
import { migrate, resolveMigration } from "../scripts/lib/migrate.mjs";
import { diffDatabase, diffMigrations } from "../scripts/lib/schema-drift.mjs";
import { useDatabase } from "./support/database";

const BROKEN = "20991231000000_broken";

const database = useDatabase();
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "tollkeeper-prisma-"));
  const prisma = path.resolve(__dirname, "../prisma");
  await cp(prisma, path.join(root, "prisma"), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

test("the migrations lead to prisma/schema, and a migrated database has no drift", async () => {
  expect(await diffMigrations(database.url)).toBe("");
  expect(await diffDatabase(database.url)).toBe("");
});

test("a column that only prisma/schema has is found", async () => {
  const file = path.join(root, "prisma/schema/planted.prisma");
  await writeFile(file, "model Planted {\n  id Int @id\n}\n");
  const sql = await diffMigrations(database.url, { root });
  expect(sql).toContain('CREATE TABLE "Planted"');
});

test("a plain table or index that only the migrations have is found", async () => {
  await writeMigration(
    "20991231000000_planted",
    "CREATE TABLE planted (id int); CREATE INDEX planted_phone ON customers (phone);",
  );
  const sql = await diffMigrations(database.url, { root });
  expect(sql).toContain('DROP TABLE "planted"');
  expect(sql).toContain('DROP INDEX "planted_phone"');
});

test("what Prisma has no words for is no drift", async () => {
  await writeMigration(
    "20991231000000_planted",
    `CREATE TABLE planted (at timestamptz PRIMARY KEY) PARTITION BY RANGE (at);
     CREATE TABLE planted_2026 PARTITION OF planted FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
     CREATE INDEX planted_trigrams ON customers USING gin (email gin_trgm_ops);
     CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;
     CREATE SCHEMA planted; CREATE TABLE planted.jobs (id int);`,
  );
  expect(await diffMigrations(database.url, { root })).toBe("");
});

test.each([
  [
    "a column",
    "ALTER TABLE customers ADD COLUMN planted int",
    'DROP COLUMN "planted"',
  ],
  [
    "an index",
    "CREATE INDEX planted ON customers (phone)",
    'DROP INDEX "planted"',
  ],
  [
    "a trigram index",
    "CREATE INDEX planted ON customers USING gin (email gin_trgm_ops)",
    "index planted",
  ],
  [
    "a function",
    "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "function planted()",
  ],
  [
    "a check",
    "ALTER TABLE customers ADD CONSTRAINT planted CHECK (email <> 'x')",
    "check customers.planted",
  ],
])("%s added by hand is found in a database", async (_, plant, found) => {
  const drift = await inChangedDatabase(plant, (url) => diffDatabase(url));
  expect(drift).toContain(found);
});

test("a check that was dropped by hand is found in a database", async () => {
  const [check] = await database.query<{ name: string }>(
    "SELECT conname AS name FROM pg_constraint WHERE conrelid = 'customers'::regclass AND contype = 'c' LIMIT 1",
  );
  const plant = `ALTER TABLE customers DROP CONSTRAINT ${check?.name}`;
  const drift = await inChangedDatabase(plant, (url) => diffDatabase(url));
  expect(drift).toContain(`missing: check customers.${check?.name}`);
});

test("a failed migration is named, leaves nothing, and can be tried again", async () => {
  const url = await emptyDatabase("retry");
  await writeMigration(
    BROKEN,
    "CREATE TABLE half (id int);\nALTER TABLE nowhere ADD x int;",
  );
  const failure = await migrate(url, { root }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    message: `Migration ${BROKEN} failed; none of it was kept.`,
    output: 'relation "nowhere" does not exist',
    advice: expect.stringContaining(`--rolled-back ${BROKEN}`),
  });
  await expect(migrate(url, { root })).rejects.toThrow("never finished");
  await writeMigration(BROKEN, "CREATE TABLE half (id int);");
  await resolveMigration(url, { name: BROKEN, as: "rolled-back", root });
  expect(await migrate(url, { root })).toEqual({ applied: [BROKEN] });
});

test("a migration that was changed after it was applied is refused", async () => {
  const file = "prisma/migrations/20261121000000_foundation/migration.sql";
  await appendFile(path.join(root, file), "-- changed\n");
  await expect(migrate(database.url, { root })).rejects.toThrow(
    "was changed after",
  );
});

test("a database of a newer version is refused", async () => {
  const url = await emptyDatabase("newer");
  await writeMigration("20991231000000_newer", "SELECT 1;");
  await migrate(url, { root });
  await expect(migrate(url)).rejects.toThrow("20991231000000_newer");
});

test("of two that migrate at once, one does and the other waits", async () => {
  const url = await emptyDatabase("twice");
  const results = await Promise.all([migrate(url), migrate(url)]);
  expect(results.map(({ applied }) => applied.length).sort()[0]).toBe(0);
  expect(await migrate(url)).toEqual({ applied: [] });
});

async function writeMigration(name: string, sql: string): Promise<void> {
  const folder = path.join(root, "prisma/migrations", name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), sql);
}

async function emptyDatabase(suffix: string): Promise<string> {
  const url = new URL(database.url);
  url.pathname = `${url.pathname}_${suffix}`;
  await database.query(`CREATE DATABASE ${url.pathname.slice(1)}`);
  return url.href;
}

async function inChangedDatabase<T>(
  change: string,
  look: (url: string) => Promise<T>,
): Promise<T> {
  const url = await emptyDatabase("changed");
  try {
    await migrate(url);
    const client = await connect(url);
    await client.query(change);
    await client.end();
    return await look(url);
  } finally {
    const client = await connect(database.url);
    await dropDatabase(client, new URL(url).pathname.slice(1));
    await client.end();
  }
}
