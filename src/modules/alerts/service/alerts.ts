import { record } from "@/modules/audit";
import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { authorize, owned, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { notFound } from "@/shared/errors";
import { toCursorPage } from "@/shared/page";
import type { Alert, AlertPage, AlertQuery } from "../contract";
import {
  countUnread,
  findAlert,
  findAlerts,
  findMeters,
  markAlertRead,
  type Reader,
  type StoredAlert,
} from "../queries/alerts";
import { adviceToCustomer, adviceToTeam } from "../recommendation";

const countedAtMost = 100;

/**
 * Alerts, newest first; a customer's people see their own. Needs usage:read; throws NOT_FOUND for
 * another's customer.
 */
export async function listAlerts(
  ctx: Ctx,
  query: AlertQuery,
): Promise<AlertPage> {
  authorize(ctx, "usage:read");
  const customer_id = query.customer_id ?? owned(ctx) ?? undefined;
  if (customer_id) await getVisibleCustomer(ctx, customer_id);
  const reader = readerOf(ctx);
  const [rows, unread] = await Promise.all([
    findAlerts(ctx, { ...query, customer_id }, reader, query.limit + 1),
    countUnread(ctx, customer_id ?? null, reader, countedAtMost),
  ]);
  const page = toCursorPage(rows, query.limit);
  return { ...page, items: await named(ctx, page.items), unread };
}

/** Mark an alert as read, by the team or by the customer's people. Throws NOT_FOUND. */
export async function readAlert(ctx: Ctx, id: string): Promise<Alert> {
  authorize(ctx, "usage:read");
  const reader = readerOf(ctx);
  const own = owned(ctx);
  const before = await findAlert(ctx, id, reader);
  if (!before || (own !== null && before.customer_id !== own))
    throw notFound("alert");
  await transaction(ctx, async (tx) => {
    await markAlertRead(tx, id, reader);
    await record(tx, {
      action: "alert.read",
      target: { kind: "alert", id },
      customerId: before.customer_id,
      before: { read_at: before.read_at },
      after: { read_at: before.read_at ?? tx.now().toISOString() },
    });
  });
  const after = await findAlert(ctx, id, reader);
  const [alert] = await named(ctx, after ? [after] : []);
  if (!alert) throw notFound("alert");
  return alert;
}

/** Unread alerts that hold, counted to a hundred: of a customer, or of all that the actor sees. */
export async function countUnreadAlerts(
  ctx: Ctx,
  customerId: string | null = null,
): Promise<number> {
  authorize(ctx, "usage:read");
  const id = customerId ?? owned(ctx);
  return countUnread(ctx, id, readerOf(ctx), countedAtMost);
}

/** An alert with its names, for the listeners of this module. */
export async function describeAlert(
  ctx: Ctx,
  id: string,
): Promise<Alert | null> {
  const found = await findAlert(ctx, id, "team");
  const [alert] = await named(ctx, found ? [found] : []);
  return alert ?? null;
}

function readerOf(ctx: Ctx): Reader {
  return ctx.actor.kind === "customer" ? "customer" : "team";
}

async function named(ctx: Ctx, rows: StoredAlert[]): Promise<Alert[]> {
  const [customers, meters] = await Promise.all([
    customerNames(
      ctx,
      rows.flatMap((row) => row.customer_id ?? []),
    ),
    findMeters(
      ctx,
      rows.flatMap((row) => row.meter_id ?? []),
    ),
  ]);
  const advice = readerOf(ctx) === "customer" ? adviceToCustomer : adviceToTeam;
  return rows.map(({ customer_id: id, meter_id, ...row }) => {
    const alert = {
      ...row,
      customer: id ? { id, name: customers.get(id) ?? "" } : null,
      meter: (meter_id && meters.get(meter_id)) || null,
    };
    return { ...alert, recommendation: advice(alert) };
  });
}
