import { soundParams, type SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { PlacesQuery } from "@/modules/licenses/contract/places";
import { may, type Ctx } from "@/platform/context";
import { loadCustomer, type CustomerParams } from "./load";

export type PlacesParams = CustomerParams & {
  searchParams: Promise<SearchParams>;
};

type PlacesQueryInput = ReturnType<typeof PlacesQuery.parse>;

/** A page of the customer's domains or devices, as its address asks for it. */
export async function loadPlaces<T>(
  { params, searchParams }: PlacesParams,
  list: (ctx: Ctx, customerId: string, query: PlacesQueryInput) => Promise<T>,
) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const { page, per_page } = PlacesQuery.shape;
  const query = PlacesQuery.parse({
    per_page: 50,
    ...soundParams({ page, per_page }, await searchParams),
  });
  return {
    customerId: customer.id,
    page: await shown(ctx, list(ctx, customer.id, query)),
    mayWrite: may(ctx.actor, "licenses:write"),
  };
}
