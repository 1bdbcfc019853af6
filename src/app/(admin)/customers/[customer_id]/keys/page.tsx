import type { Metadata } from "next";
import { shown } from "@/http/shown";
import type { SearchParams } from "@/client/sound-params";
import { listKeys } from "@/modules/keys";
import { toKeyQuery } from "@/modules/keys/ui/key-query";
import { keyCalls } from "@/modules/usage";
import { may } from "@/platform/context";
import { env } from "@/platform/env";
import { loadCustomer, titled, type CustomerParams } from "../load";
import { CustomerKeys } from "./customer-keys";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Keys of ${name}`);
}

export type CustomerKeysPageProps = CustomerParams & {
  searchParams: Promise<SearchParams>;
};

/** The customer's API keys. */
export default async function CustomerKeysPage({
  params,
  searchParams,
}: CustomerKeysPageProps) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const query = toKeyQuery(await searchParams, customer.id);
  const page = await shown(ctx, listKeys(ctx, query));
  return (
    <CustomerKeys
      page={page}
      customerId={customer.id}
      mayWrite={may(ctx.actor, "keys:write")}
      mayAsk={may(ctx.actor, "support:write")}
      calls={await shown(ctx, keyCalls(ctx, page.items))}
      appUrl={env().APP_URL}
    />
  );
}
