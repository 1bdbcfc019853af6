import { BeginDraft } from "@/modules/plans/ui/begin-draft";
import { TermsView } from "@/modules/plans/ui/terms-view";
import { may } from "@/platform/context";
import { LinkButton } from "@/ui/controls/link-button";
import { Callout } from "@/ui/display/callout";
import { EmptyState } from "@/ui/display/empty-state";
import { loadPlan, type PlanParams } from "./load";

/** The terms that new subscriptions get. */
export default async function PlanPage({ params }: PlanParams) {
  const { ctx, plan } = await loadPlan((await params).plan_id);
  const { current_version: current, draft_version: draft } = plan;
  const mayWrite = may(ctx.actor, "plans:write");
  const toDraft = draft ? (
    <LinkButton href={`/plans/${plan.id}/draft`} size="sm">
      {mayWrite ? "Edit the draft" : "See the draft"}
    </LinkButton>
  ) : null;
  if (!current)
    return (
      <EmptyState
        title="Nothing is published yet"
        description="The plan is sold once a version of it is published. Until then only you see it."
        action={toDraft ?? (mayWrite ? <BeginDraft planId={plan.id} /> : null)}
      />
    );
  return (
    <>
      {draft ? (
        <Callout action={toDraft}>
          {`Version ${draft.number} is a draft. What follows is version ${current.number}, which new subscriptions get.`}
        </Callout>
      ) : null}
      <TermsView terms={current} />
    </>
  );
}
