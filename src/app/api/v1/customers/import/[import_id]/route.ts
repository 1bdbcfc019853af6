import { route } from "@/http/route";
import * as batches from "@/modules/batches";
import { importsApi } from "@/modules/batches/contract/import";

export const GET = route(importsApi.get, (ctx, { params, query }) =>
  batches.getImport(ctx, params.import_id, query),
);
