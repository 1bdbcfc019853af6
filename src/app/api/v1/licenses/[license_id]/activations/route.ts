import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { activationsApi } from "@/modules/licenses/contract/activations";

export const GET = route(activationsApi.list, (ctx, { params }) =>
  licenses.listActivations(ctx, params.license_id),
);
