import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licensesApi } from "@/modules/licenses/contract";

export const POST = route(licensesApi.reinstate, (ctx, { params, body }) =>
  licenses.reinstateLicense(ctx, params.license_id, body),
);
