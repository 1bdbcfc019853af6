import type { TxCtx } from "@/platform/context";
import { Prisma } from "./generated/client";

/** Columns by name. Times are Dates, amounts bigints or decimal text, bytes Uint8Arrays. */
type Row = Record<string, unknown>;

/**
 * Insert rows of one shape in one statement, however many. Ids that Prisma would make must be
 * given: no default of the client's applies. A null is no value, also where a column is JSON.
 */
export async function insertRows(
  tx: TxCtx,
  table: string,
  rows: Row[],
): Promise<void> {
  if (rows.length > 0) await tx.db.$executeRaw`${inserting(table, rows)}`;
}

/** The same, but what a unique constraint refuses is passed over: the ids of those that are new. */
export async function insertOnce(
  tx: TxCtx,
  table: string,
  rows: (Row & { id: string })[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  // A caught unique violation would poison the transaction.
  const added = await tx.db.$queryRaw<{ id: string }[]>`
    ${inserting(table, rows)} ON CONFLICT DO NOTHING RETURNING id`;
  return new Set(added.map(({ id }) => id));
}

/** The same for rows without an id: how many were new. */
export async function insertOnceBy(
  tx: TxCtx,
  table: string,
  rows: Row[],
): Promise<number> {
  if (rows.length === 0) return 0;
  return tx.db.$executeRaw`${inserting(table, rows)} ON CONFLICT DO NOTHING`;
}

function inserting(table: string, rows: Row[]): Prisma.Sql {
  const columns = Prisma.raw(
    Object.keys(rows[0] ?? {})
      .map(quoted)
      .join(", "),
  );
  const into = Prisma.raw(quoted(table));
  return Prisma.sql`INSERT INTO ${into} (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::${into}, ${toJson(rows)}::json)`;
}

/**
 * Set columns of rows by `id`, those of one shape in one statement. What is undefined stays as it
 * is.
 */
export async function updateRows(
  tx: TxCtx,
  table: string,
  rows: (Row & { id: string })[],
): Promise<void> {
  const shapes = new Map<string, { names: string[]; rows: Row[] }>();
  for (const row of rows) {
    const names = Object.keys(row).filter(
      (name) => name !== "id" && row[name] !== undefined,
    );
    const key = names.sort().join();
    const shape = shapes.get(key) ?? { names, rows: [] };
    shapes.set(key, shape);
    shape.rows.push(row);
  }
  for (const { names, rows: same } of shapes.values()) {
    if (names.length === 0) continue;
    const of = Prisma.raw(quoted(table));
    const sets = names.map((name) => `${quoted(name)} = r.${quoted(name)}`);
    await tx.db.$executeRaw`
      UPDATE ${of} t SET ${Prisma.raw(sets.join(", "))}
      FROM json_populate_recordset(NULL::${of}, ${toJson(same)}::json) r WHERE t.id = r.id`;
  }
}

// Names of ours, never a caller's.
const quoted = (name: string) => `"${name}"`;

/** Rows as json_populate_recordset takes them: bigints as text, bytes as PostgreSQL writes them. */
export function toJson(rows: Row[]): string {
  return JSON.stringify(rows, (_, value: unknown) => {
    if (typeof value === "bigint") return String(value);
    if (value instanceof Uint8Array)
      return `\\x${Buffer.from(value).toString("hex")}`;
    return value;
  });
}
