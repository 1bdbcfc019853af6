import { route } from "@/http/route";
import { discardJob } from "@/modules/operations";
import { operationsApi } from "@/modules/operations/contract";

export const DELETE = route(operationsApi.discard, (ctx, { params }) =>
  discardJob(ctx, params.job_id),
);
