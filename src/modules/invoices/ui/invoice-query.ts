import { soundParams, type SearchParams } from "@/client/sound-params";
import { InvoiceQuery } from "../contract";

const rowsPerPage = 50;

/** The invoices that an address asks for; what makes no sense in it counts as not given. */
export function toInvoiceQuery(params: SearchParams): InvoiceQuery {
  const { page, per_page, status, payment_status, overdue, search } =
    InvoiceQuery.shape;
  const { customer_id, from, to } = InvoiceQuery.shape;
  const fields = { page, per_page, status, payment_status, overdue, search };
  return InvoiceQuery.parse({
    per_page: rowsPerPage,
    ...soundParams({ ...fields, customer_id, from, to }, params),
  });
}
