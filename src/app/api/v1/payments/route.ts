import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentsApi } from "@/modules/payments/contract";

export const GET = route(paymentsApi.list, (ctx, { query }) =>
  payments.listPayments(ctx, query),
);

export const POST = route(paymentsApi.create, (ctx, { body }) =>
  payments.receivePayment(ctx, body),
);
