import { assertReady } from "@/http/health";
import { route } from "@/http/route";
import { systemApi } from "@/http/system";

export const GET = route(systemApi.ready, () => assertReady());
