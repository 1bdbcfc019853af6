import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listTenants } from "@/modules/tenants";
import { CreateTenant } from "@/modules/tenants/ui/create-tenant";
import { TenantList } from "@/modules/tenants/ui/tenant-list";
import { toTenantQuery } from "@/modules/tenants/ui/tenant-query";
import { may } from "@/platform/context";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Tenants of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** The customer's tenants. */
export default async function CustomerTenantsPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const query = toTenantQuery(await searchParams);
  const mine = { ...query, customer_id: customer.id };
  const page = await shown(ctx, listTenants(ctx, mine));
  const { id, name } = customer;
  const create = may(ctx.actor, "tenants:write") ? (
    <CreateTenant customer={{ id, name }} under="/tenants" />
  ) : null;
  return <TenantList page={page} of="customer" action={create} />;
}
