import type { Metadata } from "next";
import { PlanPreview } from "@/modules/plans/ui/plan-preview";
import { Callout } from "@/ui/display/callout";
import { EmptyState } from "@/ui/display/empty-state";
import { loadPlan, titled, type PlanParams } from "../load";

export function generateMetadata(props: PlanParams): Promise<Metadata> {
  return titled(props, (name) => `Preview of ${name}`);
}

/** The card that customers see, of the draft while there is one. */
export default async function PreviewPage({ params }: PlanParams) {
  const { plan } = await loadPlan((await params).plan_id);
  const { name, description } = plan;
  const version = plan.draft_version ?? plan.current_version;
  if (!version || version.prices.length === 0)
    return (
      <EmptyState
        title="Nothing to show yet"
        description="Give the plan a price first: its card then is as customers will see it."
      />
    );
  const { prices, trial_days, limits, features, charges } = version;
  return (
    <>
      {version.status === "draft" ? (
        <Callout>{`This is the draft, version ${version.number}. Customers do not see it yet.`}</Callout>
      ) : null}
      <PlanPreview
        plan={{
          ...{ name, description, prices, trial_days },
          ...{ limits, features, charges },
        }}
      />
    </>
  );
}
