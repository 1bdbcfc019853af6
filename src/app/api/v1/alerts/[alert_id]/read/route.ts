import { route } from "@/http/route";
import * as alerts from "@/modules/alerts";
import { alertsApi } from "@/modules/alerts/contract";

export const POST = route(alertsApi.read, (ctx, { params }) =>
  alerts.readAlert(ctx, params.alert_id),
);
