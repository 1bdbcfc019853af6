import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { staffApi } from "@/modules/identity/contract";

export const GET = route(staffApi.list, (ctx) => identity.listStaff(ctx));
export const POST = route(staffApi.invite, (ctx, { body }) =>
  identity.inviteStaff(ctx, body),
);
