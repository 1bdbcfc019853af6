import { holdBuyer, timeOf } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import type { TxCtx } from "@/platform/context";
import { DomainError, notFound } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import type { InvoiceStatus } from "../contract";
import { findOwner, lockInvoice } from "../queries/invoices";
import type { FullRow } from "../queries/row";

/** An invoice and its customer, both locked, and the time that billing goes by for them. */
export type Held = { row: FullRow; customer: Customer; now: Date };

/**
 * Lock an invoice until the transaction ends. Its customer is locked first, as all that moves
 * money does: so nobody waits for each other. Throws NOT_FOUND.
 */
export async function hold(tx: TxCtx, id: string): Promise<Held> {
  const owner = await findOwner(tx, id);
  if (!owner) throw notFound("invoice");
  const customer = await holdBuyer(tx, fromUuid("cus", owner));
  const row = await lockInvoice(tx, id);
  if (!row) throw notFound("invoice");
  return { row, customer, now: timeOf(tx, customer) };
}

/** Throws CONFLICT, with words, unless the invoice has one of these statuses. */
export function assertStatus(
  { row }: Held,
  allowed: InvoiceStatus[],
  act: string,
): void {
  const status = row.status as InvoiceStatus; // Safe: a CHECK constraint.
  if (allowed.includes(status)) return;
  throw new DomainError(
    "CONFLICT",
    `${row.number ?? "This draft"} is ${status}, so it cannot be ${act}. ${advice[status]}`,
    { status },
  );
}

const advice: Record<InvoiceStatus, string> = {
  draft: "Finalize it first, or change or delete the draft.",
  open: "An issued invoice never changes: write a credit note, or void it.",
  paid: "Write a credit note to take back what was billed.",
  void: "Draft another invoice.",
  uncollectible: "Record a payment if it was paid after all.",
};
