import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentsApi } from "@/modules/payments/contract";

export const POST = route(paymentsApi.refund, (ctx, { params, body }) =>
  payments.refundPayment(ctx, params.payment_id, body),
);
