import { FileAnswer, route } from "@/http/route";
import * as privacy from "@/modules/privacy";
import { privacyApi } from "@/modules/privacy/contract";

export const GET = route(
  privacyApi.export,
  async (ctx, { params }) =>
    new FileAnswer(await privacy.exportData(ctx, params.customer_id)),
);
