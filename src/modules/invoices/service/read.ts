import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { authorize, may, owned, type Ctx } from "@/platform/context";
import { notFound } from "@/shared/errors";
import { toPage, type Page } from "@/shared/page";
import type {
  Invoice,
  InvoiceQuery,
  InvoiceStatus,
  InvoiceSummary,
} from "../contract";
import { findInvoice } from "../queries/invoices";
import {
  findInvoices,
  findOpen,
  sumOutstanding,
  type Outstanding,
} from "../queries/list";
import { withNames } from "./shown";

/** What a customer's people may know of their invoices. */
const shownToCustomers: InvoiceStatus[] = [
  "open",
  "paid",
  "void",
  "uncollectible",
];

/** One page of invoices. Needs billing:read; a customer's people see their own, and no drafts. */
export async function listInvoices(
  ctx: Ctx,
  query: InvoiceQuery,
): Promise<Page<InvoiceSummary>> {
  authorize(ctx, "billing:read");
  const own = owned(ctx);
  const { items, total, exact } = await findInvoices(
    ctx,
    own ? { ...query, customer_id: own } : query,
    own ? shownToCustomers : null,
  );
  const names = await customerNames(
    ctx,
    items.map(({ customer_id }) => customer_id),
  );
  const named = items.map((invoice) => ({
    ...invoice,
    customer_name: names.get(invoice.customer_id) ?? "–",
  }));
  return toPage(query, named, total, exact);
}

/** One page of a customer's invoices. Needs billing:read; throws NOT_FOUND. */
export async function listCustomerInvoices(
  ctx: Ctx,
  customerId: string,
  query: Omit<InvoiceQuery, "customer_id">,
): Promise<Page<InvoiceSummary>> {
  authorize(ctx, "billing:read");
  await getVisibleCustomer(ctx, customerId);
  return listInvoices(ctx, { ...query, customer_id: customerId });
}

/** An invoice that the actor may see. Needs billing:read; throws NOT_FOUND. */
export async function getInvoice(ctx: Ctx, id: string): Promise<Invoice> {
  authorize(ctx, "billing:read");
  const own = owned(ctx);
  const invoice = await findInvoice(ctx, id, own);
  if (!invoice || (own && !shownToCustomers.includes(invoice.status)))
    throw notFound("invoice");
  const shown = await withNames(ctx, invoice);
  // The link lets its holder see and pay: not for those who may only look.
  return may(ctx.actor, "billing:write") ? shown : { ...shown, pay_url: null };
}

/** The open invoices of a subscription, the first due first; the caller has authorised. */
export async function openOf(
  ctx: Ctx,
  subscriptionId: string,
): Promise<{ id: string; dueAt: Date | null }[]> {
  return findOpen(ctx, subscriptionId);
}

/** What is owed, by currency. Needs billing:read. */
export async function outstanding(ctx: Ctx): Promise<Outstanding[]> {
  authorize(ctx, "billing:read");
  return sumOutstanding(ctx);
}
