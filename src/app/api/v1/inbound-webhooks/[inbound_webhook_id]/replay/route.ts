import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { inboundApi } from "@/modules/payments/contract/webhooks";

export const POST = route(inboundApi.replay, (ctx, { params }) =>
  payments.replayInbound(ctx, params.inbound_webhook_id),
);
