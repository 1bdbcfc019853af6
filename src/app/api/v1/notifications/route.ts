import { route } from "@/http/route";
import { listNotifications } from "@/modules/notifications";
import { notificationsApi } from "@/modules/notifications/contract";

export const GET = route(notificationsApi.list, (ctx, { query }) =>
  listNotifications(ctx, query),
);
