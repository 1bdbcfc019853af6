import { route } from "@/http/route";
import * as batches from "@/modules/batches";
import { importsApi } from "@/modules/batches/contract/import";

export const POST = route(importsApi.create, (ctx, { body }) =>
  batches.createImport(ctx, body),
);
