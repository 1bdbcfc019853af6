import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { activationsApi } from "@/modules/licenses/contract/activations";

export const POST = route(activationsApi.activate, (ctx, { body }) =>
  licenses.activateLicense(ctx, body),
);
