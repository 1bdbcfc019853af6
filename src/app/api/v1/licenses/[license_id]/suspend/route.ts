import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licensesApi } from "@/modules/licenses/contract";

export const POST = route(licensesApi.suspend, (ctx, { params, body }) =>
  licenses.suspendLicense(ctx, params.license_id, body),
);
