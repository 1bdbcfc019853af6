import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licensesApi } from "@/modules/licenses/contract";

export const POST = route(licensesApi.transfer, (ctx, { params, body }) =>
  licenses.transferLicense(ctx, params.license_id, body),
);
