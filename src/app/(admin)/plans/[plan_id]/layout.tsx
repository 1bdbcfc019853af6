import type { Metadata } from "next";
import type { ReactNode } from "react";
import { PlanActions } from "@/modules/plans/ui/plan-actions";
import { PlanOpenDialogs } from "@/modules/plans/ui/plan-open-dialogs";
import { may } from "@/platform/context";
import { Badge } from "@/ui/display/badge";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { Tabs } from "@/ui/display/tabs";
import { loadPlan, titled, type PlanParams } from "./load";

export function generateMetadata(props: PlanParams): Promise<Metadata> {
  return titled(props, (name) => name);
}

/** The head of a plan's page, over its sections. */
export default async function PlanLayout({
  params,
  children,
}: PlanParams & { children: ReactNode }) {
  const { ctx, plan } = await loadPlan((await params).plan_id);
  const path = `/plans/${plan.id}`;
  const mayWrite = may(ctx.actor, "plans:write");
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Plans", href: "/plans" }]}
        title={plan.name}
        id={<CopyableId id={plan.id} label="plan id" />}
        badges={
          <>
            <StatusBadge status={plan.status} />
            {plan.is_public ? null : <Badge>Hidden</Badge>}
          </>
        }
        description={plan.description}
        actions={<PlanActions plan={plan} mayWrite={mayWrite} />}
      />
      <Tabs
        label={`Sections of ${plan.name}`}
        tabs={[
          { label: "Terms", href: path },
          ...(plan.draft_version
            ? [{ label: "Draft", href: `${path}/draft` }]
            : []),
          { label: "Versions", href: `${path}/versions` },
          { label: "Preview", href: `${path}/preview` },
        ]}
      />
      {children}
      <PlanOpenDialogs plan={plan} mayWrite={mayWrite} />
    </>
  );
}
