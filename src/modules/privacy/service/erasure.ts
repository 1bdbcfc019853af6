import { record } from "@/modules/audit";
import {
  assertNotErased,
  getCustomer,
  holdCustomer,
} from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { addJob } from "@/platform/add-job";
import {
  authorize,
  type Actor,
  type Ctx,
  type TxCtx,
} from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid } from "@/shared/errors";
import type { Erasure } from "../contract";
import { findBlockers } from "../queries/blockers";
import { archiveCustomer } from "../queries/erase";
import {
  findErasureOf,
  insertErasure,
  updateErasure,
  type StoredErasure,
} from "../queries/erasures";
import { steps } from "./steps";

/** The worker's task that goes on with an erasure. */
export const eraseTask = "erase_customer";

/**
 * Begin to erase a customer. It works no more from now on, and a job does the rest. Asking again
 * gives the same one. Needs customers:erase; throws NOT_FOUND, VALIDATION_FAILED when `confirm` is
 * neither its name nor its address, CONFLICT with what must end before.
 */
export async function eraseCustomer(
  ctx: Ctx,
  id: string,
  { confirm }: { confirm: string },
): Promise<Erasure> {
  authorize(ctx, "customers:erase");
  return transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, id);
    assertNotErased(customer);
    assertConfirmed(customer, confirm, "customer");
    const before = await findErasureOf(tx, id);
    if (before?.status === "waiting" || before?.status === "running")
      return toAnswer(before);
    await refuseBlocked(tx, customer, "erase it");
    const erasure = await waiting(tx, id, before);
    await begin(tx, erasure, "customer.erasure_requested");
    return toAnswer(erasure);
  });
}

/** How far the erasure of a customer is; null when nobody asked for one. Needs customers:read; throws NOT_FOUND. */
export async function getErasure(
  ctx: Ctx,
  id: string,
): Promise<{ erasure: Erasure | null }> {
  await getCustomer(ctx, id);
  const found = await findErasureOf(ctx, id);
  return { erasure: found && toAnswer(found) };
}

/** Have the worker go on with an erasure. */
export async function queueErasure(tx: TxCtx, id: string): Promise<void> {
  await addJob(tx, eraseTask, { erasure_id: id }, `erasure:${id}`);
}

/** An erasure as callers see it. */
export function toAnswer({ subjects, ...erasure }: StoredErasure): Erasure {
  return { ...erasure, steps_total: steps.length };
}

async function waiting(
  tx: TxCtx,
  customerId: string,
  before: StoredErasure | null,
): Promise<StoredErasure> {
  if (before?.status !== "scheduled")
    return insertErasure(tx, {
      ...{ customerId, status: "waiting", dueAt: tx.now() },
      by: asker(tx.actor),
    });
  await updateErasure(tx, before.id, { status: "waiting", waits_for: null });
  return { ...before, status: "waiting", waits_for: null };
}

/** Have a customer work no more, and its erasure begin; in the caller's transaction. */
export async function begin(
  tx: TxCtx,
  { id, customer_id }: StoredErasure,
  action: "customer.erasure_requested" | "customer.closing_begun",
): Promise<void> {
  await archiveCustomer(tx, customer_id);
  await record(tx, {
    action,
    target: { kind: "customer", id: customer_id },
    customerId: customer_id,
  });
  await emit(tx, {
    name: "customer.status_changed",
    payload: { customer_id, status: "archived" },
  });
  await queueErasure(tx, id);
}

/** Note what an erasure waits for. Staff are told once of each thing. */
export async function noteWait(
  tx: TxCtx,
  { id, customer_id, waits_for: waited }: StoredErasure,
  waits_for: string,
): Promise<void> {
  await updateErasure(tx, id, { waits_for });
  if (waits_for === waited) return;
  const payload = { customer_id, reason: waits_for };
  await emit(tx, { name: "erasure.waits", payload });
}

/** Throws CONFLICT with what must end before, if anything must. */
export async function refuseBlocked(
  tx: TxCtx,
  { id, name }: Customer,
  act: "erase it" | "close the account",
): Promise<void> {
  const blockers = await findBlockers(tx, id);
  if (blockers.length === 0) return;
  const found = blockers.map(({ kind, count }) => `${count} ${kind}`);
  throw new DomainError(
    "CONFLICT",
    `${name} has ${found.join(", ")}. End, settle or delete that first, then ${act}.`,
    { blockers },
  );
}

/** Throws VALIDATION_FAILED unless this is what the customer is called. */
export function assertConfirmed(
  { name, full_name, email }: Customer,
  given: string,
  what: "customer" | "account",
): void {
  const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  const isMeant = [name, full_name, email].some(
    (one) => plain(one) === plain(given),
  );
  if (!isMeant)
    throw invalid([
      {
        field: "body.confirm",
        message: `is neither the name nor the email of this ${what}`,
      },
    ]);
}

/** Who asks, as an erasure keeps it. */
export function asker(
  actor: Actor,
): Erasure["asked_by"] & { id: string | null } {
  const { kind, name } = actor;
  if (kind === "staff" || kind === "customer")
    return { kind, name, id: actor.userId };
  if (kind === "service") return { kind, name, id: actor.tokenId };
  return { kind: "system", name, id: null };
}
