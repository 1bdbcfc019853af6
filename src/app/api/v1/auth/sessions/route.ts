import { route } from "@/http/route";
import * as identity from "@/modules/identity";
import { sessionsApi } from "@/modules/identity/contract/sessions";

export const GET = route(sessionsApi.list, (ctx) => identity.listSessions(ctx));
