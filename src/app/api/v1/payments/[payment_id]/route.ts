import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentsApi } from "@/modules/payments/contract";

export const GET = route(paymentsApi.get, (ctx, { params }) =>
  payments.getPayment(ctx, params.payment_id),
);
