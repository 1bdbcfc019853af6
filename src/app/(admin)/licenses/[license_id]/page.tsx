import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listTargetEntries } from "@/modules/audit";
import { getLicense, listActivations } from "@/modules/licenses";
import { ActivationsCard } from "@/modules/licenses/ui/activations-card";
import { LicenseActions } from "@/modules/licenses/ui/license-actions";
import { LicenseDetails } from "@/modules/licenses/ui/license-details";
import { LicenseNotice } from "@/modules/licenses/ui/license-notice";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { Timeline } from "./timeline";

export const metadata: Metadata = { title: "License" };

type Given = { params: Promise<{ license_id: string }> };

const entriesShown = 25;

/** One license: its key and term, where it is used, and what was done to it. */
export default async function LicensePage({ params }: Given) {
  const { license_id } = await params;
  const ctx = await staffCtx();
  if (!idOf("lic").safeParse(license_id).success) notFound();
  const [license, used, log] = await shown(
    ctx,
    Promise.all([
      getLicense(ctx, license_id),
      listActivations(ctx, license_id),
      listTargetEntries(ctx, license_id, entriesShown),
    ]),
  );
  const mayWrite = may(ctx.actor, "licenses:write");
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: "Licenses", href: "/licenses" },
          {
            label: license.customer_name,
            href: `/customers/${license.customer_id}/licenses`,
          },
        ]}
        title={license.name}
        id={<CopyableId id={license.id} label="license id" />}
        badges={<StatusBadge status={license.status} />}
        actions={
          <LicenseActions
            {...{ license, mayWrite }}
            mayAsk={may(ctx.actor, "support:write")}
          />
        }
      />
      <LicenseNotice license={license} />
      <LicenseDetails license={license} />
      <ActivationsCard
        license={license}
        activations={used.items}
        mayWrite={mayWrite}
      />
      <Timeline
        licenseId={license.id}
        entries={log.items}
        hasMore={log.next_cursor !== null}
        mayReadLog={may(ctx.actor, "audit:read")}
      />
    </>
  );
}
