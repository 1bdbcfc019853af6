import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licenseFilesApi } from "@/modules/licenses/contract/files";

export const POST = route(licenseFilesApi.checkOut, (ctx, { params, body }) =>
  licenses.checkOutLicense(ctx, params.license_id, body),
);
