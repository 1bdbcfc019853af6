import { webhook } from "@/http/webhook";
import { receiveWebhook } from "@/modules/payments";
import { inboundApi } from "@/modules/payments/contract/webhooks";

export const POST = webhook(inboundApi.sandbox, (ctx, raw, headers) =>
  receiveWebhook(ctx, "sandbox", raw, headers),
);
