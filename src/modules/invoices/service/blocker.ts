import type { Blocker } from "@/modules/customers";
import type { TxCtx } from "@/platform/context";
import { countInvoices } from "../queries/invoices";

/** Invoices of a customer, drafts too: they must be kept, so they block deletion. */
export async function invoicesBlocker(
  tx: TxCtx,
  customerId: string,
): Promise<Blocker> {
  return { kind: "invoices", count: await countInvoices(tx, customerId) };
}
