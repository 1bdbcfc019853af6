import { health } from "@/http/health";
import { route } from "@/http/route";
import { systemApi } from "@/http/system";

export const GET = route(systemApi.health, () => health());
