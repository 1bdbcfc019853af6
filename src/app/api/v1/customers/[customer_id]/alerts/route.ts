import { route } from "@/http/route";
import * as alerts from "@/modules/alerts";
import { alertsApi } from "@/modules/alerts/contract";

export const GET = route(alertsApi.customer, (ctx, { params, query }) =>
  alerts.listAlerts(ctx, { ...query, customer_id: params.customer_id }),
);
