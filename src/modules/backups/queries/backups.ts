import type { Ctx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import type { Plan } from "@/platform/backup/format";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { DatabaseBackup } from "../contract";

export async function insertBackup(ctx: Ctx, file: string): Promise<string> {
  const id = newId("bkp");
  const data = {
    ...{ id: toUuid(id), file, status: "running" },
    started_at: ctx.now(),
  };
  await ctx.db.backup.create({ data });
  return id;
}

export async function updateBackup(
  ctx: Ctx,
  id: string,
  change: Prisma.BackupUncheckedUpdateInput,
): Promise<void> {
  await ctx.db.backup.update({ where: { id: toUuid(id) }, data: change });
}

/** Those that a process left when it died. */
export async function failRunning(ctx: Ctx): Promise<void> {
  await ctx.db.backup.updateMany({
    where: { status: "running" },
    data: {
      status: "failed",
      error: "the process died",
      finished_at: ctx.now(),
    },
  });
}

/** Ready ones from before an instant. */
export async function findOlder(
  ctx: Ctx,
  before: Date,
): Promise<DatabaseBackup[]> {
  const rows = await ctx.db.backup.findMany({
    where: { status: "ready", started_at: { lt: before } },
    orderBy: { id: "asc" },
    take: 1_000,
  });
  return rows.map(toBackup);
}

/** The newest that is ready, or the newest there is. */
export async function findLast(
  ctx: Ctx,
  status?: "ready",
): Promise<DatabaseBackup | null> {
  const row = await ctx.db.backup.findFirst({
    where: status ? { status } : {},
    orderBy: { id: "desc" },
  });
  return row && toBackup(row);
}

/** When the first row of this database was written: the least that a backup can be late. */
export async function findBeginning(ctx: Ctx): Promise<Date | null> {
  const [row] = await ctx.db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(finished_at) AS at FROM _prisma_migrations`;
  return row?.at ?? null;
}

/** What must be the same in a database and in its backup, beside the count of each table's rows. */
export const plan: Plan = {
  sums: {
    ledger: `SELECT coalesce(string_agg(concat_ws(' ', currency, account, total, entries), '; ' ORDER BY currency, account), '')
      FROM (SELECT currency, account, sum(amount_minor) AS total, count(*) AS entries FROM ledger_entries GROUP BY 1, 2) sums`,
    audit_log: `SELECT concat_ws(' ', count(*), (SELECT seq || ':' || encode(digest, 'hex') FROM audit_seals ORDER BY seq DESC LIMIT 1))
      FROM audit_log`,
    files:
      "SELECT concat_ws(' ', count(*), sum(length(bytes))) FROM attachments",
    usage: "SELECT concat_ws(' ', sum(calls), sum(cost)) FROM usage_daily",
  },
  telling: ["customers", "users", "ledger_entries", "audit_log"],
  partitions: {
    list: "SELECT to_char(starts AT TIME ZONE 'UTC', 'YYYY-MM-01') AS name FROM usage_months()",
    make: "SELECT usage_ensure_partitions($1::date, $1::date)",
  },
};

function toBackup(row: Prisma.BackupGetPayload<object>): DatabaseBackup {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  const number = (value: bigint | null) =>
    value === null ? null : Number(value);
  return {
    id: fromUuid("bkp", row.id),
    file: row.file,
    status: row.status as DatabaseBackup["status"], // Safe: a CHECK constraint.
    bytes: number(row.bytes),
    rows: number(row.rows),
    error: row.error,
    started_at: row.started_at.toISOString(),
    finished_at: iso(row.finished_at),
    verified_at: iso(row.verified_at),
  };
}
