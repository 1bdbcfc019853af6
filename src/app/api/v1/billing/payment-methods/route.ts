import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { paymentMethodsApi } from "@/modules/payments/contract/methods";

export const GET = route(paymentMethodsApi.listOwn, (ctx) =>
  payments.listOwnMethods(ctx),
);

export const POST = route(paymentMethodsApi.add, (ctx, { body }) =>
  payments.checkOut(ctx, body.provider, { purpose: "setup" }),
);
