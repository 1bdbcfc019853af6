import type { Metadata } from "next";
import { loadTenant } from "@/app/load-tenant";
import { staffCtx } from "@/http/page";
import { mayTakeBackups } from "@/modules/tenants";
import { TenantActions } from "@/modules/tenants/ui/tenant-actions";
import { TenantSheet } from "@/modules/tenants/ui/tenant-sheet";
import { may } from "@/platform/context";
import { CopyableId } from "@/ui/display/copyable-id";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";

export const metadata: Metadata = { title: "Tenant" };

type Given = { params: Promise<{ tenant_id: string }> };

/** One tenant: what is being done to it, its modules, backups and log. */
export default async function TenantPage({ params }: Given) {
  const ctx = await staffCtx();
  const loaded = await loadTenant(ctx, (await params).tenant_id);
  const { tenant } = loaded;
  const mayWrite = may(ctx.actor, "tenants:write");
  const parts = { mayInstall: mayWrite, mayBackUp: mayWrite };
  const mayTake = mayWrite && mayTakeBackups(ctx);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: "Tenants", href: "/tenants" },
          {
            label: tenant.customer_name,
            href: `/customers/${tenant.customer_id}/tenants`,
          },
        ]}
        title={tenant.name}
        id={<CopyableId id={tenant.id} label="tenant id" />}
        badges={<StatusBadge status={tenant.status} />}
        actions={
          <TenantActions
            {...{ tenant, mayWrite }}
            {...parts}
            isStaff
            mayAsk={may(ctx.actor, "support:write")}
          />
        }
      />
      <TenantSheet {...loaded} {...parts} mayTake={mayTake} />
    </>
  );
}
