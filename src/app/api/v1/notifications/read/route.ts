import { route } from "@/http/route";
import { readAllNotifications } from "@/modules/notifications";
import { notificationsApi } from "@/modules/notifications/contract";

export const POST = route(notificationsApi.readAll, (ctx) =>
  readAllNotifications(ctx),
);
