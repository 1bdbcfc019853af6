import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { licenseFilesApi } from "@/modules/licenses/contract/files";

export const GET = route(licenseFilesApi.publicKeys, (ctx) =>
  licenses.listPublicKeys(ctx),
);
export const POST = route(licenseFilesApi.rotateKey, (ctx) =>
  licenses.rotateSigningKey(ctx),
);
