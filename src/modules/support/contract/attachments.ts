import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { attachmentBytes } from "./kinds";
import { TicketAttachment } from "./messages";

export const UploadQuery = z.strictObject({
  name: text(200).default("file").meta({
    description: "what the file is called",
  }),
});
export type UploadQuery = z.output<typeof UploadQuery>;

const everyone = ["staff", "service", "customer"] as const;

export const attachmentsApi = {
  upload: endpoint({
    id: "attachments.upload",
    method: "POST",
    path: "/v1/attachments",
    summary: "Upload a file, to send along with a message",
    description:
      "The body is the file itself, of at most 10 MB: an image (PNG, JPEG, GIF, WebP), PDF, ZIP, GZIP or text. Its bytes say what it is. Name its id in `attachment_ids` of a message within a day.",
    audience: everyone,
    permission: "support:write",
    status: 201,
    isUpload: true,
    bodyLimit: attachmentBytes,
    query: UploadQuery,
    response: TicketAttachment,
    errors: ["CONFLICT", "UNSUPPORTED_MEDIA_TYPE"],
  }),
  download: endpoint({
    id: "attachments.download",
    method: "GET",
    path: "/v1/attachments/{attachment_id}",
    summary: "Download a file of a message",
    audience: everyone,
    permission: "support:read",
    files: ["application/octet-stream"],
    params: z.object({ attachment_id: idOf("att") }),
    response: z.string(),
    errors: ["NOT_FOUND"],
  }),
};
