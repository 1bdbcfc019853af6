import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { inboundApi } from "@/modules/payments/contract/webhooks";

export const GET = route(inboundApi.list, (ctx, { query }) =>
  payments.listInbound(ctx, query),
);
