import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { staffApi } from "@/modules/identity/contract";

export const PATCH = route(staffApi.update, (ctx, { params, body }) =>
  identity.changeStaff(ctx, params.user_id, body),
);
export const DELETE = route(staffApi.deactivate, (ctx, { params }) =>
  identity.deactivateStaff(ctx, params.user_id),
);
