import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listAlerts } from "@/modules/alerts";
import { toAlertQuery } from "@/modules/alerts/ui/alert-query";
import { AlertsScreen } from "@/modules/alerts/ui/alerts-screen";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Alerts" };

type Given = { searchParams: Promise<SearchParams> };

/** What there is to know about usage, once until it no longer holds. */
export default async function AlertsPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "usage:read"))
    return (
      <>
        <PageHeader title="Alerts" />
        <NotAllowed
          act="see alerts"
          roles={rolesThatMay("usage:read")}
          permission="usage:read"
        />
      </>
    );
  const query = toAlertQuery(await searchParams);
  const first = await shown(ctx, listAlerts(ctx, query));
  return (
    <>
      <PageHeader
        title="Alerts"
        description="Quotas and caps that are reached or will not last, models without a price, access that ends"
      />
      {/* Other filters are another list: what was loaded of the last one goes. */}
      <AlertsScreen key={JSON.stringify(query)} first={first} />
    </>
  );
}
