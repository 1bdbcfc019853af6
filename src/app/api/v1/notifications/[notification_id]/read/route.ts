import { route } from "@/http/route";
import { readNotification } from "@/modules/notifications";
import { notificationsApi } from "@/modules/notifications/contract";

export const POST = route(notificationsApi.read, (ctx, { params }) =>
  readNotification(ctx, params.notification_id),
);
