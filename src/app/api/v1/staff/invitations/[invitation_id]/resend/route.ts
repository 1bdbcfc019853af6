import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { staffApi } from "@/modules/identity/contract";

export const POST = route(staffApi.resendInvitation, (ctx, { params }) =>
  identity.resendStaffInvitation(ctx, params.invitation_id),
);
