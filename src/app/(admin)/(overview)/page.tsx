import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { customerStats } from "@/modules/customers";
import { IssueToken } from "@/modules/identity/ui/issue-token";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listKeys } from "@/modules/keys";
import { overview } from "@/modules/reports";
import { OverviewScreen } from "@/modules/reports/ui/overview-screen";
import { LimitedOverview } from "@/modules/reports/ui/limited-overview";
import { may } from "@/platform/context";
import { env } from "@/platform/env";

export const metadata: Metadata = { title: "Overview" };

/** The dashboard's first page. */
export default async function OverviewPage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "reports:read"))
    return (
      <LimitedOverview
        stats={await shown(ctx, customerStats(ctx))}
        withMoney={may(ctx.actor, "billing:read")}
        roles={rolesThatMay("reports:read")}
      />
    );
  const [figures, keys] = await shown(
    ctx,
    Promise.all([
      overview(ctx),
      listKeys(ctx, { per_page: 1, include_revoked: true }),
    ]),
  );
  return (
    <OverviewScreen
      figures={figures}
      hasKeys={keys.total > 0}
      now={ctx.now()}
      appUrl={env().APP_URL}
      tokenAction={may(ctx.actor, "settings:write") ? <IssueToken /> : null}
    />
  );
}
