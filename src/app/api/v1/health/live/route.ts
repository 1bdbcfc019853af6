import { route } from "@/http/route";
import { systemApi } from "@/http/system";

export const GET = route(systemApi.live, async () => ({
  status: "ok" as const,
}));
