import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listTenants } from "@/modules/tenants";
import { CreateTenant } from "@/modules/tenants/ui/create-tenant";
import { TenantList } from "@/modules/tenants/ui/tenant-list";
import { toTenantQuery } from "@/modules/tenants/ui/tenant-query";
import { may } from "@/platform/context";
import { PageHeader } from "@/ui/display/page-header";
import { AskSeller } from "../../ask-seller";

export const metadata: Metadata = { title: "Tenants" };

type Given = { searchParams: Promise<SearchParams> };

/** The tenants of the viewer's customer. */
export default async function PortalTenantsPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const query = toTenantQuery(await searchParams);
  const { customerId, name } = ctx.actor;
  const mine = { ...query, customer_id: customerId };
  const page = await shown(ctx, listTenants(ctx, mine));
  const create = may(ctx.actor, "tenants:write", "tenants") ? (
    <CreateTenant customer={{ id: customerId, name }} under="/portal/tenants" />
  ) : null;
  return (
    <>
      <PageHeader
        title="Tenants"
        description="Each is an installation of your own: its data, modules and backups, at its own address."
        actions={create}
      />
      <AskSeller
        actor={ctx.actor}
        permission="tenants:write"
        of={["tenants"]}
      />
      <TenantList page={page} of="own" />
    </>
  );
}
