import { route } from "@/http/route";
import { listPreferences, setPreferences } from "@/modules/notifications";
import { notificationsApi } from "@/modules/notifications/contract";

export const GET = route(notificationsApi.preferences, (ctx) =>
  listPreferences(ctx),
);
export const PUT = route(notificationsApi.setPreferences, (ctx, { body }) =>
  setPreferences(ctx, body),
);
