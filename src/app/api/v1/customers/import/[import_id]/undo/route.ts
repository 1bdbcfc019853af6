import { route } from "@/http/route";
import * as batches from "@/modules/batches";
import { importsApi } from "@/modules/batches/contract/import";

export const POST = route(importsApi.undo, (ctx, { params }) =>
  batches.undoImport(ctx, params.import_id),
);
