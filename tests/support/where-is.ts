import type { TestDatabase } from "./database";

/** Where a word stands in the database, as `table.column`: in every table of every schema of ours. */
export async function whereIs(
  database: TestDatabase,
  word: string,
): Promise<string[]> {
  const columns = await database.query<{
    place: string;
    name: string;
    type: string;
  }>(
    `SELECT c.oid::regclass::text AS place, a.attname AS name, format_type(a.atttypid, NULL) AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND format_type(a.atttypid, NULL) ~ '^(text|character|json|bytea)'`,
  );
  const found: string[] = [];
  for (const { place, name, type } of columns) {
    const has =
      type === "bytea"
        ? `position(convert_to($1, 'UTF8') IN "${name}") > 0`
        : `position($1 IN "${name}"::text) > 0`;
    const rows = await database.query(
      `SELECT 1 FROM ${place} WHERE ${has} LIMIT 1`,
      [word],
    );
    if (rows.length > 0) found.push(`${place}.${name}`);
  }
  return found.sort();
}
