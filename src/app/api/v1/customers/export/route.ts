import { FileAnswer, route } from "@/http/route";
import * as batches from "@/modules/batches";
import { customerFilesApi } from "@/modules/batches/contract/export";

export const GET = route(
  customerFilesApi.export,
  async (ctx, { query }) =>
    new FileAnswer(await batches.exportCustomers(ctx, query)),
);
