import { route } from "@/http/route";
import { countUnreadAlerts } from "@/modules/alerts";
import * as usage from "@/modules/usage";
import { dashboardApi } from "@/modules/usage/contract/dashboard";

export const GET = route(dashboardApi.get, (ctx, { params }) =>
  usage.usageDashboard(ctx, params.customer_id, countUnreadAlerts),
);
