import { route } from "@/http/route";
import { listTickets } from "@/modules/support";
import { supportApi } from "@/modules/support/contract";

export const GET = route(supportApi.listOfCustomer, (ctx, { params, query }) =>
  listTickets(ctx, { ...query, ...params }),
);
