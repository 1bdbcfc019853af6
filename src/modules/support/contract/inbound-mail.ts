import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";

/** A mail as it is sent to us: its text, and who it is from and to. */
export const InboundMail = z.object({
  message_id: z.string().min(1).max(998),
  from: z.string().max(998),
  to: z.union([z.string().max(998), z.array(z.string().max(998)).max(100)]),
  text: z.string().max(500_000),
  is_automatic: z.boolean().default(false).meta({
    description: "its header Auto-Submitted says anything but no",
  }),
});
export type InboundMail = z.output<typeof InboundMail>;

export const InboundMailResult = z.object({
  status: z.enum(["added", "ignored"]),
  reason: z.string().nullable(),
  message_id: idOf("tkm").nullable(),
});
export type InboundMailResult = z.output<typeof InboundMailResult>;

// The body is read raw, since the signature is over its bytes.
export const inboundMailApi = {
  receive: endpoint({
    id: "inboundMail.receive",
    method: "POST",
    path: "/v1/webhooks/support-mail",
    summary: "Where answers to tickets by mail are sent",
    description:
      "The body is `{message_id, from, to, text, is_automatic?}`, signed as standardwebhooks.com has it with `SUPPORT_INBOUND_SECRET`. What is no answer of somebody who may answer is ignored, with the reason.",
    audience: ["public"],
    limit: "hot",
    response: InboundMailResult,
    errors: ["NOT_FOUND", "VALIDATION_FAILED"],
  }),
};
