import { createInvoice, getInvoice, issueInvoice } from "@/modules/invoices";
import { actInSandbox, startCheckout } from "@/modules/payments";
import type { SandboxAction } from "@/modules/payments/contract/checkout";
import type {
  ProviderDispute,
  ProviderRefund,
} from "@/modules/payments/provider";
import type { Ctx } from "@/platform/context";
import type { TestDatabase } from "../support/database";
import { runJobs } from "../support/jobs";

export const usd = (amount: number) => ({ amount, currency: "USD" });

/** An open invoice of so many cents. */
export async function openInvoice(
  ctx: Ctx,
  customer_id: string,
  cents: number,
): Promise<string> {
  const unit_price = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
  const line = { description: "Work", quantity: "1", unit_price };
  const { id } = await createInvoice(ctx, {
    customer_id,
    currency: "USD",
    lines: [line],
  });
  await issueInvoice(ctx, id);
  return id;
}

/** How an invoice stands, in one line. */
export async function standing(ctx: Ctx, id: string): Promise<string> {
  const { status, payment_status, due } = await getInvoice(ctx, id);
  return `${status}, ${payment_status}, ${due.amount} due`;
}

/** A checkout of the sandbox, and the name of its page. */
export async function sandboxCheckout(
  ctx: Ctx,
  customerId: string,
  invoiceId: string | null,
) {
  const checkout = await startCheckout(ctx, {
    customerId,
    provider: "sandbox",
    purpose: invoiceId ? "invoice" : "setup",
    invoiceId,
  });
  const page = checkout.url?.split("/").at(-1) ?? "";
  const act = (action: Partial<SandboxAction>) =>
    actInSandbox(ctx, page, { outcome: "pay", save: false, ...action });
  return { checkout, page, act };
}

/** A card that is saved in the sandbox and here, as the customer's default. */
export async function saveCard(
  ctx: Ctx,
  database: TestDatabase,
  customerId: string,
  behavior: "pays" | "declines" | "authenticates" = "pays",
): Promise<void> {
  const { act } = await sandboxCheckout(ctx, customerId, null);
  const expires_year = new Date().getUTCFullYear() + 2;
  const card = { brand: "visa", expires_month: 12, expires_year, behavior };
  await act({ card: { ...card, brand: "visa" } });
  await runJobs(database);
}

type FactOf<Status> = {
  /** the provider's name of the payment */
  there: string;
  id?: string;
  minor?: bigint;
  currency?: string;
  status?: Status;
};

/** What a provider says of a refund that began there. */
export const refundFact = ({
  there,
  id = `re_${there}`,
  minor = 1_000n,
  currency = "USD",
  status = "succeeded",
}: FactOf<ProviderRefund["status"]>): ProviderRefund => ({
  ...{ kind: "refund", providerRefundId: id, providerPaymentId: there },
  ...{ refundId: null, status, minor, currency },
  ...{ reason: "Asked for", failureMessage: null },
});

/** What a provider says of a dispute. */
export const disputeFact = ({
  there,
  id = `dp_${there}`,
  minor = 1_000n,
  currency = "USD",
  status = "lost",
}: FactOf<ProviderDispute["status"]>): ProviderDispute => ({
  ...{ kind: "dispute", providerDisputeId: id, providerPaymentId: there },
  ...{ status, minor, currency, reason: "fraudulent" },
});

/** What must hold of all that was booked, whatever happened; gives what does not. */
export async function wrongBooks(database: TestDatabase): Promise<unknown[]> {
  return database.query(
    `SELECT 'unbalanced' AS what, currency AS of FROM ledger_entries GROUP BY currency HAVING sum(amount_minor) <> 0
     UNION ALL
     SELECT 'balance', c.id::text FROM customers c LEFT JOIN ledger_entries e
       ON e.customer_id = c.id AND e.account IN ('customer_credit', 'receivable') AND e.currency = c.currency
     GROUP BY c.id HAVING c.balance_minor <> -coalesce(sum(e.amount_minor), 0)
     UNION ALL
     SELECT 'revenue', c.id::text FROM customers c WHERE revenue_minor <>
       (SELECT coalesce(sum(amount_minor - refunded_minor - disputed_minor), 0) FROM payments p
        WHERE p.customer_id = c.id AND p.status = 'succeeded' AND p.currency = c.currency)
     UNION ALL
     SELECT 'cash', p.id::text FROM payments p LEFT JOIN (
         SELECT t.payment_id, sum(e.amount_minor) AS booked
         FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
         WHERE e.account = 'cash' GROUP BY t.payment_id) cash ON cash.payment_id = p.id
       WHERE status = 'succeeded' AND amount_minor - refunded_minor - disputed_minor IS DISTINCT FROM booked
     UNION ALL
     SELECT 'invoice', i.id::text FROM invoices i WHERE paid_minor <>
       (SELECT coalesce(sum(amount_minor - disputed_minor), 0) FROM payment_allocations a WHERE a.invoice_id = i.id)
     UNION ALL
     SELECT 'more than was paid', p.id::text FROM payments p WHERE amount_minor <
       unallocated_minor + (SELECT coalesce(sum(amount_minor), 0) FROM payment_allocations a WHERE a.payment_id = p.id)`,
  );
}

/** What the sandbox has to say, unsent: its jobs are taken out of the queue. */
export async function unsentEvents(database: TestDatabase): Promise<string[]> {
  const rows = await database.query<{ payload: { event_id: string } }>(
    `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
     WHERE t.id = j.task_id AND t.identifier = 'payments_sandbox_event' RETURNING j.payload`,
  );
  return rows.map(({ payload }) => payload.event_id);
}
