import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { membersApi } from "@/modules/customers/contract/people";

export const DELETE = route(membersApi.revokeInvitation, (ctx, { params }) =>
  customers.revokePersonInvitation(
    ctx,
    params.customer_id,
    params.invitation_id,
  ),
);
