import { route } from "@/http/route";
import * as privacy from "@/modules/privacy";
import { privacyApi } from "@/modules/privacy/contract";

export const GET = route(privacyApi.closing, (ctx) => privacy.getClosing(ctx));

export const POST = route(privacyApi.close, (ctx, { body }) =>
  privacy.closeAccount(ctx, body),
);

export const DELETE = route(privacyApi.keep, (ctx) => privacy.keepAccount(ctx));
