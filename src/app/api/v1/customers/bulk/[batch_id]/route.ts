import { route } from "@/http/route";
import * as batches from "@/modules/batches";
import { batchesApi } from "@/modules/batches/contract";

export const GET = route(batchesApi.get, (ctx, { params, query }) =>
  batches.getBatch(ctx, params.batch_id, query),
);
