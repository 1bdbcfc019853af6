import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { viewAsApi } from "@/modules/customers/contract/people";

export const DELETE = route(viewAsApi.stop, (ctx) => customers.stopViewAs(ctx));
