import { customerContacts, staffContacts } from "@/modules/identity";
import { notify, plainName, type Params } from "@/modules/notifications";
import type { NoticeName } from "@/modules/notifications/contract";
import type { ModuleJobs } from "@/platform/jobs";
import type { Alert } from "./contract";
import { recoverPriced } from "./queries/raise";
import { describeAlert } from "./service/alerts";
import { rollOver, watchExpiry, watchProjections } from "./service/watch";

export const alertsJobs: ModuleJobs = {
  timers: [
    { name: "alerts_roll_over", cron: "3 * * * *", run: rollOver },
    { name: "alerts_projections", cron: "33 */6 * * *", run: watchProjections },
    { name: "alerts_expiring", cron: "13 6 * * *", run: watchExpiry },
  ],
  listeners: [
    {
      on: "alert.raised",
      run: async (tx, payload, cause) => {
        const alert = await describeAlert(tx, String(payload["alert_id"]));
        // One that has recovered by now is no news.
        if (!alert || alert.recovered_at) return;
        const customerId = alert.customer?.id ?? null;
        const to = customerId
          ? await customerContacts(tx, customerId, ["owner", "billing"])
          : await staffContacts(tx, ["owner", "admin"]);
        await notify(tx, cause, {
          event: notices[alert.kind],
          to,
          customerId,
          params: paramsOf(alert),
          href: customerId
            ? "/portal/usage"
            : `/usage/events?unpriced=true&provider=${encodeURIComponent(alert.provider ?? "")}`,
        });
      },
    },
    {
      on: "price_book.created",
      run: async (tx) => {
        await recoverPriced(tx);
      },
    },
  ],
};

const notices: Record<Alert["kind"], NoticeName> = {
  threshold: "usage.threshold",
  projection: "usage.projection",
  unpriced: "usage.unpriced",
  expiring: "customer.expiring",
};

function paramsOf(alert: Alert): Params {
  return {
    customer: plainName(alert.customer?.name ?? ""),
    meter: plainName(alert.meter?.title ?? ""),
    unit: alert.meter?.unit ?? "",
    threshold: alert.threshold,
    used: Number(alert.value ?? 0),
    limit: Number(alert.limit ?? 0),
    provider: plainName(alert.provider ?? ""),
    model: plainName(alert.model ?? ""),
    date: alert.expires_at?.slice(0, 10) ?? "",
  };
}
