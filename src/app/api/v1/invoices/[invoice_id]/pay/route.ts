import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentsApi } from "@/modules/payments/contract";

export const POST = route(paymentsApi.pay, (ctx, { params, body }) =>
  payments.payInvoice(ctx, params.invoice_id, body),
);
