import { route } from "@/http/route";
import { uploadAttachment } from "@/modules/support";
import { attachmentsApi } from "@/modules/support/contract/attachments";

export const POST = route(attachmentsApi.upload, (ctx, { query }, file) =>
  uploadAttachment(ctx, query, file),
);
