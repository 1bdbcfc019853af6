import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { inboundApi } from "@/modules/payments/contract/webhooks";

export const GET = route(inboundApi.get, (ctx, { params }) =>
  payments.getInbound(ctx, params.inbound_webhook_id),
);
