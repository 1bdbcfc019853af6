import { route } from "@/http/route";
import * as privacy from "@/modules/privacy";
import { privacyApi } from "@/modules/privacy/contract";

export const POST = route(privacyApi.erase, (ctx, { params, body }) =>
  privacy.eraseCustomer(ctx, params.customer_id, body),
);
