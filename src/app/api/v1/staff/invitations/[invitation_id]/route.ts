import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { staffApi } from "@/modules/identity/contract";

export const DELETE = route(staffApi.revokeInvitation, (ctx, { params }) =>
  identity.revokeStaffInvitation(ctx, params.invitation_id),
);
