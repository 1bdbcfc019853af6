import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openClient } from "@/platform/db/client";
import type { Footer, Header, Plan } from "./format";
import { BackupReader } from "./reader";
import { quoted, readSums } from "./write";

/** What was restored: the same as was written. */
export type Restored = { header: Header; footer: Footer };

/** What a whole backup holds. Throws words when it is not whole, or was changed. */
export async function readBackup(file: string): Promise<Restored> {
  const reader = new BackupReader(file);
  const header = await reader.header();
  for await (const { rows } of reader.tables())
    for await (const chunk of rows) void chunk;
  return { header, footer: footerOf(reader) };
}

/**
 * Fill the database from a backup, in one transaction: all of it is there, counted and summed up, or
 * nothing has changed. The database must have the backup's migrations. Unless `overwrite` is said it
 * must be without data. Throws words that say what to do.
 */
export async function restoreBackup(
  file: string,
  plan: Plan,
  { overwrite = false } = {},
): Promise<Restored> {
  const client = await openClient();
  try {
    await client.query("BEGIN");
    const reader = new BackupReader(file);
    const header = await reader.header();
    await refuseOtherMigrations(client, header);
    if (!overwrite) await refuseData(client, plan);
    const names = await emptied(client, header, plan);
    for await (const { table, columns, rows } of reader.tables()) {
      if (!names.includes(table))
        throw new Error(
          `The backup has a table ${table}, which this version has not.`,
        );
      const list = columns.map((name) => `"${name}"`).join(", ");
      const into = client.query(
        copyFrom(`COPY ${quoted(table)} (${list}) FROM STDIN`),
      );
      await pipeline(Readable.from(rows, { objectMode: false }), into);
    }
    const footer = footerOf(reader);
    for (const { name, value, is_called } of footer.sequences)
      await client.query("SELECT setval($1::regclass, $2, $3)", [
        quoted(name),
        value,
        is_called,
      ]);
    await client.query(
      "UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL WHERE locked_at IS NOT NULL",
    );
    for (const name of names)
      await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    await assertSame(client, reader, footer, plan);
    await client.query("COMMIT");
    await client.query("ANALYZE");
    return { header, footer };
  } finally {
    await client.end().catch(() => {});
  }
}

async function refuseOtherMigrations(
  client: pg.Client,
  { migrations }: Header,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
  );
  const here = rows.map(({ name }) => name);
  const missing = migrations.filter((name) => !here.includes(name));
  const more = here.filter((name) => !migrations.includes(name));
  if (missing.length > 0)
    throw new Error(
      `The backup is of a newer version (${missing.join(", ")}). Restore it with that one.`,
    );
  if (more.length > 0)
    throw new Error(
      `The backup is of an older version, without ${more.join(", ")}. Restore it into an empty database, which npm run cli restore then brings up to date.`,
    );
}

async function refuseData(client: pg.Client, { telling }: Plan): Promise<void> {
  for (const table of telling) {
    const { rows } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length > 0)
      throw new Error(
        `The database has data (${table}). Restore into an empty one, or say --overwrite, which removes all that is in it.`,
      );
  }
}

// Triggers count and refuse: what they counted is in the backup, and what they refuse was right then.
async function emptied(
  client: pg.Client,
  header: Header,
  { partitions }: Plan,
): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND (
       n.nspname = 'public' AND c.relname <> '_prisma_migrations'
       OR n.nspname = 'graphile_worker' AND c.relname IN ('_private_tasks', '_private_job_queues', '_private_jobs'))`,
  );
  const names = rows.map(({ name }) => name);
  for (const name of names)
    await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  await client.query(`TRUNCATE ${names.map(quoted).join(", ")}`);
  for (const name of header.partitions)
    await client.query(partitions.make, [name]);
  return names;
}

async function assertSame(
  client: pg.Client,
  reader: BackupReader,
  { sums: written }: Footer,
  plan: Plan,
): Promise<void> {
  for (const [table, rows] of reader.counts) {
    const { rows: found } = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM ${quoted(table)}`,
    );
    if (found[0]?.n !== String(rows))
      throw new Error(
        `${table} has ${found[0]?.n} rows in place of ${rows}. Nothing was changed.`,
      );
  }
  const now = await readSums(client, plan);
  for (const [name, value] of Object.entries(written))
    if (name in now && now[name] !== value)
      throw new Error(
        `${name} is ${now[name]} in place of ${value}. Nothing was changed.`,
      );
}

function footerOf({ footer }: BackupReader): Footer {
  if (!footer) throw new Error("The backup has no end.");
  return footer;
}
