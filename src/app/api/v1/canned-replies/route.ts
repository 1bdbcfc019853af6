import { route } from "@/http/route";
import { createCannedReply, listCannedReplies } from "@/modules/support";
import { cannedRepliesApi } from "@/modules/support/contract/canned-replies";

export const GET = route(cannedRepliesApi.list, (ctx, { query }) =>
  listCannedReplies(ctx, query),
);
export const POST = route(cannedRepliesApi.create, (ctx, { body }) =>
  createCannedReply(ctx, body),
);
