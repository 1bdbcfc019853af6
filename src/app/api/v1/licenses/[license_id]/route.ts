import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licensesApi } from "@/modules/licenses/contract";

export const GET = route(licensesApi.get, (ctx, { params }) =>
  licenses.getLicense(ctx, params.license_id),
);
export const PATCH = route(licensesApi.update, (ctx, { params, body }) =>
  licenses.changeLicense(ctx, params.license_id, body),
);
export const DELETE = route(licensesApi.revoke, (ctx, { params }) =>
  licenses.revokeLicense(ctx, params.license_id),
);
