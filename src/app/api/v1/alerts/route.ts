import { route } from "@/http/route";
import * as alerts from "@/modules/alerts";
import { alertsApi } from "@/modules/alerts/contract";

export const GET = route(alertsApi.list, (ctx, { query }) =>
  alerts.listAlerts(ctx, query),
);
