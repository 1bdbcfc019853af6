import "server-only";
import { getInvoice, listInvoices } from "@/modules/invoices";
import type { Ctx } from "@/platform/context";

/** The invoice of the viewer's customer that is to be paid, or null. Needs billing:read. */
export async function dueInvoice(ctx: Ctx) {
  const { items } = await listInvoices(ctx, { status: "open", per_page: 1 });
  const [first] = items;
  return first ? getInvoice(ctx, first.id) : null;
}
