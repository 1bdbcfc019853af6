import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { inboundApi } from "@/modules/payments/contract/webhooks";

export const POST = route(inboundApi.reconcile, (ctx, { body }) =>
  payments.reconcile(ctx, body),
);
