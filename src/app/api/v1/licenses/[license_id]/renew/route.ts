import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licensesApi } from "@/modules/licenses/contract";

export const POST = route(licensesApi.renew, (ctx, { params, body }) =>
  licenses.renewLicense(ctx, params.license_id, body),
);
