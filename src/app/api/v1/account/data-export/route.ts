import { FileAnswer, route } from "@/http/route";
import * as privacy from "@/modules/privacy";
import { privacyApi } from "@/modules/privacy/contract";

export const GET = route(
  privacyApi.ownExport,
  async (ctx) => new FileAnswer(await privacy.exportOwnData(ctx)),
);
