import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { domainsApi } from "@/modules/licenses/contract/places";

export const DELETE = route(domainsApi.remove, (ctx, { params }) =>
  licenses.removeDomain(ctx, params.customer_id, params.domain_id),
);
