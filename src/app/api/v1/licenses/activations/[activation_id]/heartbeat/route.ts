import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { activationsApi } from "@/modules/licenses/contract/activations";

export const POST = route(activationsApi.heartbeat, (ctx, { params, body }) =>
  licenses.beatActivation(ctx, params.activation_id, body),
);
