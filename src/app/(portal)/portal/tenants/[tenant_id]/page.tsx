import type { Metadata } from "next";
import { loadTenant } from "@/app/load-tenant";
import { customerCtx } from "@/http/page";
import { AskAbout } from "@/modules/support/ui/ask-about";
import { mayTakeBackups } from "@/modules/tenants";
import { TenantActions } from "@/modules/tenants/ui/tenant-actions";
import { TenantSheet } from "@/modules/tenants/ui/tenant-sheet";
import { may } from "@/platform/context";
import type { Capability } from "@/shared/capabilities";
import { PageHeader } from "@/ui/display/page-header";
import { StatusBadge } from "@/ui/display/status-badge";
import { AskSeller } from "../../ask-seller";

export const metadata: Metadata = { title: "Tenant" };

type Given = { params: Promise<{ tenant_id: string }> };

/** One of the customer's own tenants. */
export default async function PortalTenantPage({ params }: Given) {
  const ctx = await customerCtx();
  const loaded = await loadTenant(ctx, (await params).tenant_id);
  const { tenant } = loaded;
  const lets = (capability: Capability) =>
    may(ctx.actor, "tenants:write", capability);
  const parts = { mayInstall: lets("modules"), mayBackUp: lets("backups") };
  const mayTake = parts.mayBackUp && mayTakeBackups(ctx);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Tenants", href: "/portal/tenants" }]}
        title={tenant.name}
        badges={<StatusBadge status={tenant.status} />}
        actions={
          <>
            {may(ctx.actor, "support:write", "tickets") ? (
              <AskAbout id={tenant.id} />
            ) : null}
            <TenantActions
              tenant={tenant}
              mayWrite={lets("tenants")}
              {...parts}
              isStaff={false}
            />
          </>
        }
      />
      <AskSeller
        actor={ctx.actor}
        permission="tenants:write"
        of={["tenants", "modules", "backups"]}
      />
      <TenantSheet {...loaded} {...parts} mayTake={mayTake} isOwn />
    </>
  );
}
