import { route } from "@/http/route";
import { countUnreadAlerts } from "@/modules/alerts";
import * as usage from "@/modules/usage";
import { dashboardApi } from "@/modules/usage/contract/dashboard";

export const GET = route(
  dashboardApi.get,
  async (ctx, { params: { customer_id }, query }) => {
    const data = await usage.usageDashboard(
      ctx,
      customer_id,
      countUnreadAlerts,
    );
    return query.wrap ? { success: true as const, data } : data;
  },
);
