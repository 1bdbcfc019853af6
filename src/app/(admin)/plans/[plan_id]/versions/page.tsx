import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { listVersions } from "@/modules/plans";
import { BeginDraft } from "@/modules/plans/ui/begin-draft";
import { VersionList } from "@/modules/plans/ui/version-list";
import { may } from "@/platform/context";
import { EmptyState } from "@/ui/display/empty-state";
import { loadPlan, titled, type PlanParams } from "../load";

export function generateMetadata(props: PlanParams): Promise<Metadata> {
  return titled(props, (name) => `Versions of ${name}`);
}

/** Every version of the plan, the newest hundred. */
export default async function VersionsPage({ params }: PlanParams) {
  const { ctx, plan } = await loadPlan((await params).plan_id);
  const { items } = await shown(
    ctx,
    listVersions(ctx, plan.id, { per_page: 100 }),
  );
  if (items.length === 0)
    return (
      <EmptyState
        title="No versions yet"
        description="A version has prices, limits and features. Once it is published it never changes."
        action={
          may(ctx.actor, "plans:write") ? <BeginDraft planId={plan.id} /> : null
        }
      />
    );
  return <VersionList versions={items} />;
}
