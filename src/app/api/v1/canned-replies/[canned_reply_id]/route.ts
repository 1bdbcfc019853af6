import { route } from "@/http/route";
import * as support from "@/modules/support";
import { cannedRepliesApi } from "@/modules/support/contract/canned-replies";

export const GET = route(cannedRepliesApi.get, (ctx, { params }) =>
  support.getCannedReply(ctx, params.canned_reply_id),
);
export const PUT = route(cannedRepliesApi.update, (ctx, { params, body }) =>
  support.changeCannedReply(ctx, params.canned_reply_id, body),
);
export const DELETE = route(cannedRepliesApi.remove, (ctx, { params }) =>
  support.removeCannedReply(ctx, params.canned_reply_id),
);
