import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { listMeters } from "@/modules/meters";
import { BeginDraft } from "@/modules/plans/ui/begin-draft";
import { TermsEditor } from "@/modules/plans/ui/terms-editor";
import { TermsView } from "@/modules/plans/ui/terms-view";
import { may } from "@/platform/context";
import { EmptyState } from "@/ui/display/empty-state";
import { spendMeter } from "@/shared/windows";
import { loadPlan, titled, type PlanParams } from "../load";

export function generateMetadata(props: PlanParams): Promise<Metadata> {
  return titled(props, (name) => `Draft of ${name}`);
}

/** The version that would be published next. */
export default async function DraftPage({ params }: PlanParams) {
  const { ctx, plan } = await loadPlan((await params).plan_id);
  const draft = plan.draft_version;
  const mayWrite = may(ctx.actor, "plans:write");
  if (!draft)
    return (
      <EmptyState
        title="There is no draft"
        description="A draft begins with the terms of the current version. Nobody sees it until you publish it."
        action={mayWrite ? <BeginDraft planId={plan.id} /> : null}
      />
    );
  if (!mayWrite) return <TermsView terms={draft} />;
  const { items } = await shown(ctx, listMeters(ctx, { per_page: 100 }));
  const meters = items
    .filter(({ name }) => name !== spendMeter)
    .map(({ name, title, unit }) => ({ name, title, unit }));
  return <TermsEditor key={draft.id} version={draft} meters={meters} />;
}
