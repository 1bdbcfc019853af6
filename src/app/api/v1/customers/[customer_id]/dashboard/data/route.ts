import { route } from "@/http/route";
import { countUnreadAlerts } from "@/modules/alerts";
import * as usage from "@/modules/usage";
import { dashboardApi } from "@/modules/usage/contract/dashboard";

export const GET = route(dashboardApi.wrapped, async (ctx, { params }) => ({
  success: true as const,
  data: await usage.usageDashboard(ctx, params.customer_id, countUnreadAlerts),
}));
