import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { accountsApi } from "@/modules/identity/contract/accounts";

export const POST = route(accountsApi.logout, (ctx) => identity.logOut(ctx));
