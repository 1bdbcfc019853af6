import { fromDate, toZoned } from "@internationalized/date";
import { record } from "@/modules/audit";
import { assertNotErased, holdCustomer } from "@/modules/customers";
import { settings } from "@/modules/settings";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError } from "@/shared/errors";
import type { Closing, Erasure, OwnClosing } from "../contract";
import { findBlockers } from "../queries/blockers";
import {
  findErasure,
  findErasureOf,
  findOpenErasure,
  insertErasure,
  updateErasure,
  type StoredErasure,
} from "../queries/erasures";
import {
  asker,
  assertConfirmed,
  begin,
  noteWait,
  refuseBlocked,
  toAnswer,
} from "./erasure";

/** Whether one's own account closes, and what stands in the way. Needs members:read. */
export async function getClosing(ctx: Ctx): Promise<OwnClosing> {
  authorize(ctx, "members:read");
  const id = ownAccount(ctx);
  const [closing, { wait_days }, blockers] = await Promise.all([
    findClosing(ctx),
    waiting(ctx),
    findBlockers(ctx, id),
  ]);
  return { closing, wait_days, blockers };
}

/** The same without what stands in the way, for each page of the portal. Needs members:read. */
export async function findClosing(ctx: Ctx): Promise<Closing | null> {
  authorize(ctx, "members:read");
  const found = await findOpenErasure(ctx, ownAccount(ctx));
  return (
    found && {
      due_at: found.due_at,
      asked_at: found.created_at,
      asked_by: found.asked_by.kind === "customer" ? found.asked_by.name : null,
      has_begun: found.status !== "scheduled",
      waits_for: found.waits_for,
    }
  );
}

/**
 * Have one's own account closed after the days that the seller has set: all goes on until then.
 * Asking again changes nothing. Needs account:close; throws VALIDATION_FAILED when `confirm` is not
 * what the account is called, CONFLICT with what must end before.
 */
export async function closeAccount(
  ctx: Ctx,
  { confirm }: { confirm: string },
): Promise<OwnClosing> {
  authorize(ctx, "account:close", "close");
  const id = ownAccount(ctx);
  await transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, id);
    assertNotErased(customer);
    assertConfirmed(customer, confirm, "account");
    if (await findOpenErasure(tx, id)) return;
    await refuseBlocked(tx, customer, "close the account");
    const { wait_days } = await waiting(tx);
    const due = daysOn(tx.now(), wait_days, customer.time_zone);
    const erasure = await insertErasure(tx, {
      ...{ customerId: id, status: "scheduled", dueAt: due },
      by: asker(tx.actor),
    });
    await told(tx, erasure, "customer.closing_requested", {
      name: erasure.asked_by.name,
      date: inZone(due, customer.time_zone),
      days: wait_days,
    });
    if (wait_days === 0) await beginDue(tx, erasure.id);
  });
  return getClosing(ctx);
}

/** Take back that one's own account closes. Needs account:close; throws CONFLICT once it has begun. */
export async function keepAccount(ctx: Ctx): Promise<OwnClosing> {
  authorize(ctx, "account:close");
  const id = ownAccount(ctx);
  await transaction(ctx, (tx) => keep(tx, id));
  return getClosing(ctx);
}

/** The same by staff. Needs customers:write; throws NOT_FOUND, CONFLICT. */
export async function cancelErasure(
  ctx: Ctx,
  id: string,
): Promise<{ erasure: Erasure | null }> {
  authorize(ctx, "customers:write");
  return transaction(ctx, async (tx) => {
    await keep(tx, id);
    const found = await findErasureOf(tx, id);
    return { erasure: found && toAnswer(found) };
  });
}

/**
 * Begin to erase an account whose time has come, in the caller's transaction. One that owes
 * something by now stays as it is, and is looked at again later.
 */
export async function beginDue(tx: TxCtx, erasureId: string): Promise<void> {
  const customerId = (await findErasure(tx, erasureId))?.customer_id ?? "";
  const customer = await heldOrGone(tx, customerId);
  // Read again, now that nobody else can take it back.
  const erasure = await findErasure(tx, erasureId);
  if (erasure?.status !== "scheduled") return;
  if (new Date(erasure.due_at) > tx.now()) return;
  if (!customer || customer.erased_at !== null)
    return updateErasure(tx, erasureId, { status: "canceled" });
  const blockers = await findBlockers(tx, customerId);
  if (blockers.length > 0)
    return noteWait(
      tx,
      erasure,
      blockers.map(({ kind, count }) => `${count} ${kind}`).join(", "),
    );
  const begun = { status: "waiting", waits_for: null } as const;
  await updateErasure(tx, erasureId, begun);
  await begin(tx, erasure, "customer.closing_begun");
}

async function keep(tx: TxCtx, customerId: string): Promise<void> {
  const { time_zone } = await holdCustomer(tx, customerId);
  const found = await findOpenErasure(tx, customerId);
  if (!found) return;
  if (found.status !== "scheduled")
    throw new DomainError(
      "CONFLICT",
      "It is being erased already, so it cannot be kept any more.",
    );
  const kept = { status: "canceled", waits_for: null } as const;
  await updateErasure(tx, found.id, kept);
  await told(tx, found, "customer.closing_canceled", {
    ...asker(tx.actor),
    date: inZone(new Date(found.due_at), time_zone),
  });
}

async function told(
  tx: TxCtx,
  { customer_id, due_at }: StoredErasure,
  name: `customer.closing_${string}`,
  more: Record<string, string | number | null>,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "customer", id: customer_id },
    customerId: customer_id,
    after: { due_at },
  });
  await emit(tx, { name, payload: { customer_id, due_at, ...more } });
}

async function heldOrGone(tx: TxCtx, id: string) {
  try {
    return await holdCustomer(tx, id);
  } catch (error) {
    if (error instanceof DomainError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

async function waiting(ctx: Ctx): Promise<{ wait_days: number }> {
  return (await settings(ctx)).closing;
}

function ownAccount(ctx: Ctx): string {
  const id = owned(ctx);
  if (id === null)
    throw new DomainError(
      "FORBIDDEN",
      "Only a customer's own people have an account to close.",
    );
  return id;
}

// The same time of day in the customer's zone, whatever its clocks do meanwhile.
function daysOn(at: Date, days: number, zone: string): Date {
  return toZoned(fromDate(at, zone).add({ days }), zone).toDate();
}

/** "2026-12-06 14:00 (Europe/Berlin)" */
function inZone(at: Date, zone: string): string {
  const local = fromDate(at, zone).toString().slice(0, 16).replace("T", " ");
  return `${local} (${zone})`;
}
