import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { activationsApi } from "@/modules/licenses/contract/activations";

export const DELETE = route(activationsApi.free, (ctx, { params }) =>
  licenses.freeSlot(ctx, params.license_id, params.activation_id),
);
