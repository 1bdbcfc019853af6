import { route } from "@/http/route";
import * as batches from "@/modules/batches";
import { batchesApi } from "@/modules/batches/contract";

export const POST = route(batchesApi.create, (ctx, { body }) =>
  batches.createBatch(ctx, body),
);
