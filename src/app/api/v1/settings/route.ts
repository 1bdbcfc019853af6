import { route } from "@/http/route";
import { getSettings, updateSettings } from "@/modules/settings";
import { settingsApi } from "@/modules/settings/contract";

export const GET = route(settingsApi.get, (ctx) => getSettings(ctx));
export const PUT = route(settingsApi.update, (ctx, { body }) =>
  updateSettings(ctx, body),
);
