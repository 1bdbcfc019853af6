import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { activationsApi } from "@/modules/licenses/contract/activations";

export const DELETE = route(activationsApi.release, (ctx, { params, body }) =>
  licenses.releaseActivation(ctx, params.activation_id, body),
);
