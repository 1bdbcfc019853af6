import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { openClient } from "@/platform/db/client";
import {
  kept,
  rowsEnd,
  type Footer,
  type Header,
  type Plan,
  type TableStart,
} from "./format";

/** What was written. */
export type Written = Pick<Footer, "tables" | "rows" | "sums"> & {
  bytes: number;
};

/**
 * Write the whole database into a file, as it is at one instant, while others go on writing to it. The
 * file is there under its name only when it is whole and on the disk.
 */
export async function writeBackup(
  file: string,
  plan: Plan,
  madeAt: Date,
): Promise<Written> {
  const part = `${file}.part`;
  const client = await openClient();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const handle = await open(part, "w", 0o600);
    try {
      const written = await writeAll(client, handle, plan, madeAt);
      await handle.sync();
      const { size } = await handle.stat();
      await rename(part, file);
      return { ...written, bytes: size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

type Handle = Awaited<ReturnType<typeof open>>;

async function writeAll(
  client: pg.Client,
  handle: Handle,
  plan: Plan,
  madeAt: Date,
): Promise<Omit<Written, "bytes">> {
  const packed = createGzip({ level: 6 });
  const done = (async () => {
    for await (const chunk of packed) await handle.write(chunk as Buffer); // Safe: bytes.
  })();
  done.catch(() => {}); // put() and the end say so
  const put = async (chunk: string | Buffer) => {
    if (packed.write(chunk)) return;
    const drained = new Promise<void>((resolve) =>
      packed.once("drain", resolve),
    );
    // A full disk ends the wait.
    await Promise.race([drained, done]);
  };
  const line = (value: object) => put(`${JSON.stringify(value)}\n`);
  await line(await headerOf(client, plan, madeAt));
  const tables = await tablesInOrder(client);
  let all = 0;
  for (const table of tables) {
    await line(table);
    const hash = createHash("sha256");
    let rows = 0;
    const columns = table.columns.map((name) => `"${name}"`).join(", ");
    const source = client.query(
      copyTo(`COPY (SELECT ${columns} FROM ${quoted(table.table)}) TO STDOUT`),
    );
    for await (const chunk of source) {
      const bytes = chunk as Buffer; // Safe: COPY gives bytes.
      hash.update(bytes);
      for (
        let at = bytes.indexOf(10);
        at !== -1;
        at = bytes.indexOf(10, at + 1)
      )
        rows += 1;
      await put(bytes);
    }
    await put(rowsEnd);
    await line({ rows, sha256: hash.digest("hex") });
    all += rows;
  }
  const footer: Footer = {
    end: true,
    sequences: await sequencesOf(client),
    sums: await readSums(client, plan),
    tables: tables.length,
    rows: all,
  };
  await line(footer);
  packed.end();
  await done;
  return { tables: footer.tables, rows: all, sums: footer.sums };
}

async function headerOf(
  client: pg.Client,
  { partitions }: Plan,
  madeAt: Date,
): Promise<Header> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name",
  );
  const parts = await client.query<{ name: string }>(partitions.list);
  return {
    format: "tollkeeper-backup/1",
    made_at: madeAt.toISOString(),
    migrations: rows.map(({ name }) => name),
    partitions: parts.rows.map(({ name }) => name),
  };
}

/** The values of sums, as texts. */
export async function readSums(
  client: pg.Client,
  { sums }: Plan,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, sql] of Object.entries(sums)) {
    const { rows } = await client.query<{ value: string | null }>(
      `SELECT (${sql})::text AS value`,
    );
    found[name] = rows[0]?.value ?? "";
  }
  return found;
}

/** The tables that are kept, with their columns; none comes before one that it points at. */
async function tablesInOrder(client: pg.Client): Promise<TableStart[]> {
  const { rows } = await client.query<{
    schema: string;
    name: string;
    columns: string[];
    needs: string[];
  }>(
    `SELECT n.nspname AS schema, c.relname AS name,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(SELECT DISTINCT fn.nspname || '.' || f.relname FROM pg_constraint k
        JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'graphile_worker') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     ORDER BY 1 DESC, 2`,
  );
  const waiting = rows
    .filter(({ schema, name }) => kept(schema, name))
    .map((row) => ({ ...row, table: `${row.schema}.${row.name}` }));
  const ordered: TableStart[] = [];
  const isThere = (table: string) =>
    ordered.some((one) => one.table === table) ||
    !waiting.some((one) => one.table === table);
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ needs }) => needs.every(isThere));
    const [next] = waiting.splice(at, 1);
    if (at === -1 || !next)
      throw new Error(
        `Tables point at each other: ${waiting.map(({ table }) => table).join(", ")}`,
      );
    ordered.push({ table: next.table, columns: next.columns });
  }
  return ordered;
}

async function sequencesOf(client: pg.Client): Promise<Footer["sequences"]> {
  const { rows } = await client.query<Footer["sequences"][number]>(
    `SELECT schemaname || '.' || sequencename AS name, coalesce(last_value, start_value)::text AS value,
       last_value IS NOT NULL AS is_called
     FROM pg_sequences WHERE schemaname IN ('public', 'graphile_worker') ORDER BY 1`,
  );
  return rows;
}

/** `schema.table`, quoted. */
export function quoted(table: string): string {
  return table
    .split(".")
    .map((part) => `"${part}"`)
    .join(".");
}
