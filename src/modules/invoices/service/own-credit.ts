import { record } from "@/modules/audit";
import { billingNow, holdCustomer } from "@/modules/customers";
import { creditOf, post } from "@/modules/ledger";
import { settings } from "@/modules/settings";
import type { TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import { takePlace } from "../queries/invoices";
import type { StoredInvoice } from "../queries/row";
import { invoiceNumber, seriesOf } from "../invoice-number";
import { assertStatus, hold } from "./held";
import { lower } from "./settle";

/**
 * Let a customer's credit pay what it can of an open invoice, in the caller's transaction; the
 * caller has authorised. Throws NOT_FOUND, CONFLICT when there is no credit, or nothing is due.
 */
export async function applyCredit(
  tx: TxCtx,
  invoiceId: string,
): Promise<StoredInvoice> {
  const held = await hold(tx, invoiceId);
  assertStatus(held, ["open"], "paid from credit");
  const { row, customer } = held;
  const credit = await creditOf(tx, customer.id, row.currency);
  const taken = credit < row.due_minor ? credit : row.due_minor;
  if (taken <= 0n)
    throw new DomainError(
      "CONFLICT",
      `${customer.name} has no credit in ${row.currency}. Pay another way.`,
    );
  await post(tx, {
    kind: "credit",
    reason: `Credit taken by invoice ${row.number}`,
    customerId: customer.id,
    currency: row.currency,
    invoiceId: fromUuid("ivc", row.id),
    entries: [
      { account: "customer_credit", minor: taken },
      { account: "receivable", minor: -taken },
    ],
  });
  await record(tx, {
    action: "invoice.credit_applied",
    target: { kind: "invoice", id: invoiceId },
    customerId: customer.id,
    after: { amount: money(taken, row.currency) },
  });
  return lower(tx, held, { credit_minor: row.credit_minor + taken }, null);
}

/** The next number of a receipt, without gaps as those of invoices are: RCT-2026-000042. */
export async function nextReceiptNumber(
  tx: TxCtx,
  customerId: string,
): Promise<string> {
  const { is_test } = await holdCustomer(tx, customerId);
  const now = await billingNow(tx, customerId);
  const { billing } = await settings(tx);
  const kind = is_test ? "TEST-RCT" : "RCT";
  const series = seriesOf(kind, now, billing.time_zone);
  return invoiceNumber(series, await takePlace(tx, series));
}
