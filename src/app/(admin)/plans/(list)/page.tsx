import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listPlans } from "@/modules/plans";
import { NewPlan, PlanList } from "@/modules/plans/ui/plan-list";
import { toPlanQuery } from "@/modules/plans/ui/plan-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Plans" };

type Given = { searchParams: Promise<SearchParams> };

/** What is sold. */
export default async function PlansPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "plans:read"))
    return (
      <>
        <PageHeader title="Plans" />
        <NotAllowed
          act="see plans"
          roles={rolesThatMay("plans:read")}
          permission="plans:read"
        />
      </>
    );
  const query = toPlanQuery(await searchParams);
  const page = await shown(ctx, listPlans(ctx, query));
  const mayWrite = may(ctx.actor, "plans:write");
  return (
    <>
      <PageHeader
        title="Plans"
        description="What customers pay, how much they may use, and which features they get. A published version never changes."
        actions={mayWrite ? <NewPlan /> : null}
      />
      <PlanList page={page} mayWrite={mayWrite} />
    </>
  );
}
