import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { membersApi } from "@/modules/customers/contract/people";

export const POST = route(membersApi.resendInvitation, (ctx, { params }) =>
  customers.resendPersonInvitation(
    ctx,
    params.customer_id,
    params.invitation_id,
  ),
);
