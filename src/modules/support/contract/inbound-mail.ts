import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { mailBytes } from "./kinds";

/** A mail as it is sent to us: its text and files, and who it is from and to. */
export const InboundMail = z.object({
  message_id: z.string().min(1).max(998),
  from: z.string().max(998),
  to: z.union([z.string().max(998), z.array(z.string().max(998)).max(100)]),
  text: z.string().max(500_000),
  files: z
    .array(
      z.object({
        name: z.string().max(500).default("file"),
        content: z.base64().meta({ description: "its bytes in base64" }),
      }),
    )
    .max(50)
    .default([])
    .meta({ description: "attachments and inline images" }),
  is_automatic: z.boolean().default(false).meta({
    description: "its header Auto-Submitted says anything but no",
  }),
});
export type InboundMail = z.output<typeof InboundMail>;

export const InboundMailResult = z.object({
  status: z.enum(["added", "ignored"]),
  reason: z.string().nullable(),
  message_id: idOf("tkm").nullable(),
  left_out: z.array(z.string()).meta({
    description: "names of files that were not taken",
  }),
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
      "The body is `{message_id, from, to, text, files?, is_automatic?}`, signed as standardwebhooks.com has it with `SUPPORT_INBOUND_SECRET`. What is no answer of somebody who may answer is ignored, with the reason.",
    audience: ["public"],
    limit: "hot",
    bodyLimit: mailBytes,
    response: InboundMailResult,
    errors: ["NOT_FOUND", "VALIDATION_FAILED"],
  }),
};
