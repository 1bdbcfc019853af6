import { route } from "@/http/route";
import { listCustomerInvoices } from "@/modules/invoices";
import { invoicesApi } from "@/modules/invoices/contract";

export const GET = route(invoicesApi.listOfCustomer, (ctx, { params, query }) =>
  listCustomerInvoices(ctx, params.customer_id, query),
);
