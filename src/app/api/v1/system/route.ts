import { route } from "@/http/route";
import { getSystem } from "@/modules/operations";
import { operationsApi } from "@/modules/operations/contract";

export const GET = route(operationsApi.show, (ctx) => getSystem(ctx));
