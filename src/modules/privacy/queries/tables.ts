import { Prisma } from "@/platform/db/generated/client";
import type { Ctx } from "@/platform/context";
import type { Reach } from "../reach";

/** Whose rows: UUIDs, addresses, and what they are called here and at providers. */
export type Subjects = {
  id: string;
  customer: string;
  people: string[];
  emails: string[];
  /** public ids of the customer and of its people */
  names: string[];
  /** its names at payment providers */
  refs: string[];
};

/** A condition of the map with its values in place of their names. */
export function condition(text: string, subjects: Subjects): Prisma.Sql {
  const values: Record<string, Prisma.Sql> = {
    customer: Prisma.sql`${subjects.customer}::uuid`,
    id: Prisma.sql`${subjects.id}::text`,
    people: Prisma.sql`${subjects.people}::uuid[]`,
    emails: Prisma.sql`${subjects.emails}::text[]`,
    words: Prisma.sql`${patterns(subjects.names, "%")}::text[]`,
    refs: Prisma.sql`${patterns([...subjects.refs, subjects.id], '%"', '"%')}::text[]`,
  };
  const [first = "", ...rest] = text.split(
    /(?<!:):(customer|id|people|emails|words|refs)\b/,
  );
  let made = Prisma.raw(first);
  for (let i = 0; i < rest.length; i += 2)
    made = Prisma.sql`${made}${values[rest[i] ?? ""] ?? Prisma.empty}${Prisma.raw(rest[i + 1] ?? "")}`;
  return Prisma.sql`(${made})`;
}

function patterns(words: string[], before: string, after = before): string[] {
  return words.map(
    (word) => before + word.replace(/[\\%_]/g, (sign) => `\\${sign}`) + after,
  );
}

/** A column with its type as SQL writes it. */
export type Column = { name: string; type: string };

/** The columns of a table, and those of its primary key. */
export async function findColumns(
  ctx: Ctx,
  table: string,
): Promise<{ columns: Column[]; key: string[] }> {
  const rows = await ctx.db.$queryRaw<(Column & { place: number | null })[]>`
    SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
      array_position(i.indkey::int2[], a.attnum) AS place
    FROM pg_attribute a
    LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = ${table}::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum`;
  const key = rows
    .filter(({ place }) => place !== null)
    .sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  return {
    columns: rows.map(({ name, type }) => ({ name, type })),
    key: key.map(({ name }) => name),
  };
}

const pageRows = 1_000;
// Rows of these tables are short.
const longPageRows = 5_000;
const windowRows = 5_000;

/**
 * The rows of a table that an export gives, as JSON texts, a page at a time: what is read at once
 * stays small however many there are.
 */
export async function* readRows(
  ctx: Ctx,
  table: string,
  { of, export: exported }: Reach,
  subjects: Subjects,
  forStaff: boolean,
): AsyncGenerator<string[]> {
  if ("none" in exported) return;
  const { withheld = [], as = {}, staffOnly, size } = exported;
  if (staffOnly === "true" && !forStaff) return;
  const { columns, key: primary } = await findColumns(ctx, table);
  const key = (exported.key ?? primary).map((name) => ({
    name,
    type: columns.find((column) => column.name === name)?.type ?? "text",
  }));
  const given = columns
    .filter(({ name }) => !withheld.includes(name))
    .map(({ name }) => `${as[name] ?? `t."${name}"`} AS "${name}"`);
  const theirs = condition(
    staffOnly && !forStaff ? `(${of}) AND NOT (${staffOnly})` : of,
    subjects,
  );
  const keys = Prisma.raw(key.map(({ name }) => `t."${name}"`).join(", "));
  const keyText = Prisma.raw(
    `ARRAY[${key.map(({ name }) => `t."${name}"::text`).join(", ")}]`,
  );
  const row = Prisma.raw(
    `(SELECT row_to_json(r)::text FROM (SELECT ${given.join(", ")}) r)`,
  );
  const from = Prisma.raw(`"${table}" t`);
  // What is long is read from its newest row on, as its index has it.
  const isLong = size === "long";
  const isPast = Prisma.raw(isLong ? "<" : ">");
  const order = Prisma.raw(
    key.map(({ name }) => `t."${name}"${isLong ? " DESC" : ""}`).join(", "),
  );
  const most = size === "scan" ? windowRows : isLong ? longPageRows : pageRows;
  // Where the next page begins: written out for the last row only, which takes as long as a row does.
  const next = Prisma.sql`CASE WHEN row_number() OVER (ORDER BY ${order}) = ${most} THEN ${keyText} END`;
  for (let last: string[] | null = null; ;) {
    const after: Prisma.Sql = last
      ? Prisma.sql`(${keys}) ${isPast} (${Prisma.join(last.map((value, i) => Prisma.sql`${value}::text::${Prisma.raw(key[i]?.type ?? "text")}`))})`
      : Prisma.sql`TRUE`;
    let page: Prisma.Sql;
    if (size === "scan")
      // The whole table is looked through, so each statement is given a part of it.
      page = Prisma.sql`
        SELECT CASE WHEN ${theirs} THEN ${row} END AS row, ${next} AS key
        FROM (SELECT * FROM ${from} WHERE ${after} ORDER BY ${order} LIMIT ${most}) t`;
    else {
      // PostgreSQL would else walk the index of the order through everybody's rows.
      const found = isLong
        ? Prisma.sql`${from} WHERE ${theirs} AND ${after}`
        : Prisma.sql`(SELECT * FROM ${from} WHERE ${theirs} AND ${after} OFFSET 0) t`;
      page = Prisma.sql`
        SELECT ${row} AS row, ${next} AS key
        FROM (SELECT * FROM ${found} ORDER BY ${order} LIMIT ${most}) t`;
    }
    const rows: { row: string | null; key: string[] | null }[] = await ctx.db
      .$queryRaw`${page} ORDER BY ${order}`;
    yield rows.flatMap((one) => one.row ?? []);
    last = rows.at(-1)?.key ?? null;
    if (rows.length < most) return;
  }
}
