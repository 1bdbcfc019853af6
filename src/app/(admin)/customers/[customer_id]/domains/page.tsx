import type { Metadata } from "next";
import { soundParams, type SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listDomains } from "@/modules/licenses";
import { PlacesQuery } from "@/modules/licenses/contract/places";
import { DomainsPanel } from "@/modules/licenses/ui/places-panel";
import { may } from "@/platform/context";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Domains of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** The customer's domains. */
export default async function CustomerDomainsPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const { page, per_page } = PlacesQuery.shape;
  const query = PlacesQuery.parse({
    per_page: 25,
    ...soundParams({ page, per_page }, await searchParams),
  });
  const found = await shown(ctx, listDomains(ctx, customer.id, query));
  return (
    <DomainsPanel
      customerId={customer.id}
      page={found}
      mayWrite={may(ctx.actor, "licenses:write")}
    />
  );
}
