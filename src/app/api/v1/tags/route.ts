import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { tagsApi } from "@/modules/customers/contract/tags";

export const GET = route(tagsApi.list, (ctx) => customers.listTags(ctx));
