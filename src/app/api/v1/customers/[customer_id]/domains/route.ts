import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { domainsApi } from "@/modules/licenses/contract/places";

export const GET = route(domainsApi.list, (ctx, { params, query }) =>
  licenses.listDomains(ctx, params.customer_id, query),
);
export const POST = route(domainsApi.add, (ctx, { params, body }) =>
  licenses.addDomain(ctx, params.customer_id, body),
);
