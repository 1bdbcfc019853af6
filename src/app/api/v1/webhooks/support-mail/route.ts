import { webhook } from "@/http/webhook";
import { receiveMail } from "@/modules/support";
import { inboundMailApi } from "@/modules/support/contract/inbound-mail";

export const POST = webhook(inboundMailApi.receive, (ctx, raw, headers) =>
  receiveMail(ctx, raw, headers),
);
