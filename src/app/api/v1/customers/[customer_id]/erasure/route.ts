import { route } from "@/http/route";
import * as privacy from "@/modules/privacy";
import { privacyApi } from "@/modules/privacy/contract";

export const GET = route(privacyApi.erasure, (ctx, { params }) =>
  privacy.getErasure(ctx, params.customer_id),
);

export const DELETE = route(privacyApi.cancelErasure, (ctx, { params }) =>
  privacy.cancelErasure(ctx, params.customer_id),
);
