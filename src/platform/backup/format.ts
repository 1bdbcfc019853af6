import * as z from "zod";

// A backup is one gzipped file: a line that says what it is, then each table (a line that names it,
// the rows as COPY writes them, `\.`, a line with their count and hash), and a line at the end.

const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/);

/** The first line. */
export const Header = z.object({
  format: z.literal("tollkeeper-backup/1"),
  made_at: z.iso.datetime(),
  /** the migrations that the database had, in order */
  migrations: z.array(z.string()),
  /** what partitions there are, as the plan of the backup names them */
  partitions: z.array(z.string()),
});
export type Header = z.output<typeof Header>;

/** The line before a table's rows. */
export const TableStart = z.object({
  table: z.string().regex(/^[a-z_]+\.[a-z_][a-z0-9_]*$/),
  columns: z.array(Name).min(1),
});
export type TableStart = z.output<typeof TableStart>;

/** The line after them; SHA-256 in hex of the bytes between. */
export const TableEnd = z.object({
  rows: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The last line: without it a file is not whole. */
export const Footer = z.object({
  end: z.literal(true),
  /** what the sequences had come to */
  sequences: z.array(
    z.object({ name: z.string(), value: z.string(), is_called: z.boolean() }),
  ),
  /** what must be the same after it is restored, by name */
  sums: z.record(z.string(), z.string()),
  tables: z.number().int(),
  rows: z.number().int(),
});
export type Footer = z.output<typeof Footer>;

/** What a backup must know of the database's content, as SQL. */
export type Plan = {
  /** what must be the same before and after, by name: a query of one value */
  sums: Readonly<Record<string, string>>;
  /** tables of which one is filled where there is something to lose */
  telling: readonly string[];
  /** the names of partitions, as `name`, and what makes the one that is `$1` */
  partitions: { list: string; make: string };
};

/** The end of a table's rows; none of them is `\.` alone, as COPY writes them. */
export const rowsEnd = "\\.\n";

/** The schemas whose tables are kept, and those of the job queue that are. */
export const kept = (schema: string, table: string) =>
  schema === "public"
    ? table !== "_prisma_migrations"
    : ["_private_tasks", "_private_job_queues", "_private_jobs"].includes(
        table,
      );
