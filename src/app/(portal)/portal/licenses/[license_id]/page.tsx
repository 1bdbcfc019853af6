import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getLicense, listActivations } from "@/modules/licenses";
import { ActivationsCard } from "@/modules/licenses/ui/activations-card";
import { LicenseDetails } from "@/modules/licenses/ui/license-details";
import { LicenseNotice } from "@/modules/licenses/ui/license-notice";
import { OwnFile } from "@/modules/licenses/ui/own-file";
import { AskAbout } from "@/modules/support/ui/ask-about";
import { may } from "@/platform/context";
import { idOf } from "@/shared/ids";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { AskSeller } from "../../ask-seller";

export const metadata: Metadata = { title: "License" };

type Given = { params: Promise<{ license_id: string }> };

/** One of the customer's own licenses: its key, and where it is used. */
export default async function PortalLicensePage({ params }: Given) {
  const { license_id } = await params;
  const ctx = await customerCtx();
  if (!idOf("lic").safeParse(license_id).success) notFound();
  const [license, used] = await shown(
    ctx,
    Promise.all([
      getLicense(ctx, license_id),
      listActivations(ctx, license_id),
    ]),
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Licenses", href: "/portal/licenses" }]}
        title={license.name}
        badges={<StatusBadge status={license.status} />}
        actions={
          <>
            {may(ctx.actor, "support:write", "tickets") ? (
              <AskAbout id={license.id} />
            ) : null}
            {license.status === "active" ? <OwnFile license={license} /> : null}
          </>
        }
      />
      <AskSeller
        actor={ctx.actor}
        permission="licenses:write"
        of={["devices"]}
      />
      <LicenseNotice license={license} />
      <LicenseDetails license={license} />
      <ActivationsCard
        license={license}
        activations={used.items}
        mayWrite={may(ctx.actor, "licenses:write", "devices")}
        isOwn
      />
    </>
  );
}
