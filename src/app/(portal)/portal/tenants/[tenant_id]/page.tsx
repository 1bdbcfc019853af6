import type { Metadata } from "next";
import { loadTenant } from "@/app/load-tenant";
import { customerCtx } from "@/http/page";
import { AskAbout } from "@/modules/support/ui/ask-about";
import { mayTakeBackups } from "@/modules/tenants";
import { TenantActions } from "@/modules/tenants/ui/tenant-actions";
import { TenantSheet } from "@/modules/tenants/ui/tenant-sheet";
import { may } from "@/platform/context";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";

export const metadata: Metadata = { title: "Tenant" };

type Given = { params: Promise<{ tenant_id: string }> };

/** One of the customer's own tenants. */
export default async function PortalTenantPage({ params }: Given) {
  const ctx = await customerCtx();
  const loaded = await loadTenant(ctx, (await params).tenant_id);
  const { tenant } = loaded;
  const mayWrite = may(ctx.actor, "tenants:write");
  const mayTake = mayWrite && mayTakeBackups(ctx);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Tenants", href: "/portal/tenants" }]}
        title={tenant.name}
        badges={<StatusBadge status={tenant.status} />}
        actions={
          <>
            {may(ctx.actor, "support:write") ? (
              <AskAbout id={tenant.id} />
            ) : null}
            <TenantActions {...{ tenant, mayWrite }} isStaff={false} />
          </>
        }
      />
      <TenantSheet {...loaded} {...{ mayWrite, mayTake }} isOwn />
    </>
  );
}
