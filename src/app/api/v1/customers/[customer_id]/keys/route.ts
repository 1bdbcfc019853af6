import { route } from "@/http/route";
import * as keys from "@/modules/keys";
import { keysApi } from "@/modules/keys/contract";

export const GET = route(keysApi.listOfCustomer, (ctx, { params, query }) =>
  keys.listKeys(ctx, { ...query, ...params }),
);
export const POST = route(keysApi.issueToCustomer, (ctx, { params, body }) =>
  keys.issueKey(ctx, { ...body, ...params }),
);
