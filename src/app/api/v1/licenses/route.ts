import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licensesApi } from "@/modules/licenses/contract";

export const GET = route(licensesApi.list, (ctx, { query }) =>
  licenses.listLicenses(ctx, query),
);
export const POST = route(licensesApi.issue, (ctx, { body }) =>
  licenses.issueLicense(ctx, body),
);
