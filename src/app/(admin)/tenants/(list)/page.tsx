import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listTenants } from "@/modules/tenants";
import { CreateTenant } from "@/modules/tenants/ui/create-tenant";
import { TenantList } from "@/modules/tenants/ui/tenant-list";
import { toTenantQuery } from "@/modules/tenants/ui/tenant-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Tenants" };

type Given = { searchParams: Promise<SearchParams> };

/** Every tenant. */
export default async function TenantsPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "tenants:read"))
    return (
      <>
        <PageHeader title="Tenants" />
        <NotAllowed
          act="see tenants"
          roles={rolesThatMay("tenants:read")}
          permission="tenants:read"
        />
      </>
    );
  const query = toTenantQuery(await searchParams);
  const page = await shown(ctx, listTenants(ctx, query));
  const create = may(ctx.actor, "tenants:write") ? (
    <CreateTenant customer={null} under="/tenants" />
  ) : null;
  return (
    <>
      <PageHeader title="Tenants" actions={create} />
      <TenantList page={page} />
    </>
  );
}
