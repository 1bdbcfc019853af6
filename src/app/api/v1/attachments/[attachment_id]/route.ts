import { FileAnswer, route } from "@/http/route";
import { downloadAttachment } from "@/modules/support";
import { attachmentsApi } from "@/modules/support/contract/attachments";

export const GET = route(
  attachmentsApi.download,
  async (ctx, { params }) =>
    new FileAnswer(await downloadAttachment(ctx, params.attachment_id)),
);
