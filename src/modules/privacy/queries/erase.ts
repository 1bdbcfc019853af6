import { Prisma } from "@/platform/db/generated/client";
import { bulk, type Run } from "@/platform/db/bulk";
import type { Ctx, TxCtx } from "@/platform/context";
import { derivedId } from "@/platform/derived-id";
import { fromUuid, toUuid } from "@/shared/ids";
import { reach } from "../reach";
import { condition, type Subjects } from "./tables";

/** A customer that is to be erased works no more: its keys stop, and its people are out. */
export async function archiveCustomer(tx: TxCtx, id: string): Promise<void> {
  await tx.db
    .$executeRaw`UPDATE customers SET status = 'archived' WHERE id = ${toUuid(id)}::uuid AND status <> 'archived'`;
}

/** Whether a customer was erased already. */
export async function isErased(ctx: Ctx, id: string): Promise<boolean> {
  const where = { id: toUuid(id), erased_at: { not: null } };
  return (await ctx.db.customer.count({ where })) > 0;
}

/** Have the copies of its tenants deleted by those who keep them. */
export async function endTenantBackups(
  ctx: Ctx,
  { customer }: Subjects,
): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE tenant_backups SET expires_at = ${ctx.now()}
    WHERE status IN ('ready', 'running') AND tenant_id IN (SELECT id FROM tenants WHERE customer_id = ${customer}::uuid)
      AND (expires_at IS NULL OR expires_at > ${ctx.now()})`;
}

/** Tenants, and copies of them, that are somewhere still. */
export async function countTenantRemains(
  ctx: Ctx,
  { customer }: Subjects,
): Promise<{ tenants: number; backups: number }> {
  const [row] = await ctx.db.$queryRaw<{ tenants: bigint; backups: bigint }[]>`
    SELECT count(*) FILTER (WHERE status <> 'deleted') AS tenants,
      (SELECT count(*) FROM tenant_backups b JOIN tenants n ON n.id = b.tenant_id
       WHERE n.customer_id = ${customer}::uuid AND b.status IN ('ready', 'running')) AS backups
    FROM tenants WHERE customer_id = ${customer}::uuid`;
  return {
    tenants: Number(row?.tenants ?? 0),
    backups: Number(row?.backups ?? 0),
  };
}

const eventsAtOnce = 200;

/** Take back what staff were told of it: notices and mails, whose ids follow from the events. */
export async function eraseTraces(subjects: Subjects): Promise<void> {
  await bulk(async (run) => {
    const staff = await run<{ id: string }>(
      "SELECT id::text FROM users WHERE staff_role IS NOT NULL",
    );
    const ids = staff.map(({ id }) => fromUuid("usr", id));
    const events = await put<{ id: string }>(
      run,
      Prisma.sql`SELECT t.id::text AS id FROM outbox t WHERE ${ofTable("outbox", subjects)}`,
    );
    for (let at = 0; at < events.length; at += eventsAtOnce) {
      const causes = events
        .slice(at, at + eventsAtOnce)
        .map(({ id }) => fromUuid("req", id));
      const of = (made: (cause: string, person: string) => string) =>
        causes.flatMap((cause) => ids.map((id) => toUuid(made(cause, id))));
      await run("DELETE FROM notifications WHERE id = ANY ($1::uuid[])", [
        of((cause, person) => derivedId("ntf", cause, person)),
      ]);
      await run("DELETE FROM mails WHERE id = ANY ($1::uuid[])", [
        of((cause, person) => derivedId("eml", cause, "notice", person)),
      ]);
    }
    // Jobs that would make such mails; one that is under way ends by itself.
    await put(
      run,
      Prisma.sql`DELETE FROM graphile_worker._private_jobs t WHERE t.locked_at IS NULL
        AND ${condition("t.payload::text LIKE ANY(:words)", subjects)}
        AND t.task_id NOT IN (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'erase_customer')`,
    );
  });
}

/** Delete and empty what the map says, in one transaction: all of it, or, when this dies, nothing. */
export async function eraseRecords(subjects: Subjects): Promise<void> {
  await bulk(async (run) => {
    await run("BEGIN");
    await run(
      "DELETE FROM invoices WHERE customer_id = $1 AND status = 'draft'",
      [subjects.customer],
    );
    await run(
      `UPDATE subscriptions SET status = 'canceled', has_access = false, canceled_at = coalesce(canceled_at, now()),
         ended_at = coalesce(ended_at, now())
       WHERE customer_id = $1 AND status NOT IN ('canceled', 'incomplete_expired')`,
      [subjects.customer],
    );
    await run(
      "UPDATE sessions SET viewing_id = NULL, viewing_reason = NULL, viewing_until = NULL WHERE viewing_id = $1",
      [subjects.customer],
    );
    for (const [table, { erase }] of Object.entries(reach)) {
      if (table === "customers") continue;
      const from = Prisma.raw(`"${table}" t`);
      if (erase === "delete")
        await put(
          run,
          Prisma.sql`DELETE FROM ${from} WHERE ${ofTable(table, subjects)}`,
        );
      if (typeof erase === "object")
        await put(
          run,
          Prisma.sql`UPDATE ${from} SET ${sets(erase.set)} WHERE ${ofTable(table, subjects)}`,
        );
    }
    await run("COMMIT");
  });
}

/** Empty the customer's own row: what it was called, and the tags that nobody else has. */
export async function emptyCustomer(tx: TxCtx, id: string): Promise<void> {
  const customer = toUuid(id);
  const erase = reach["customers"]?.erase;
  if (typeof erase !== "object") return;
  const [row] = await tx.db.$queryRaw<{ tags: string[] }[]>`
    SELECT tags FROM customers WHERE id = ${customer}::uuid FOR UPDATE`;
  await tx.db
    .$executeRaw`UPDATE customers t SET ${sets(erase.set)} WHERE t.id = ${customer}::uuid`;
  await tx.db
    .$executeRaw`DELETE FROM tags WHERE customers <= 0 AND name = ANY (${row?.tags ?? []}::text[])`;
}

function sets(columns: Readonly<Record<string, string>>): Prisma.Sql {
  const all = Object.entries(columns);
  return Prisma.raw(all.map(([name, to]) => `"${name}" = ${to}`).join(", "));
}

function ofTable(table: string, subjects: Subjects): Prisma.Sql {
  return condition(reach[table]?.of ?? "FALSE", subjects);
}

function put<T extends object>(run: Run, { text, values }: Prisma.Sql) {
  return run<T & Record<string, unknown>>(text, values);
}
