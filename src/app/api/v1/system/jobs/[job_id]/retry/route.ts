import { route } from "@/http/route";
import { retryJob } from "@/modules/operations";
import { operationsApi } from "@/modules/operations/contract";

export const POST = route(operationsApi.retry, (ctx, { params }) =>
  retryJob(ctx, params.job_id),
);
