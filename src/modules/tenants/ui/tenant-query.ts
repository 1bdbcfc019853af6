import { soundParams, type SearchParams } from "@/client/sound-params";
import { TenantQuery } from "../contract";

const rowsPerPage = 50;

/** The tenants that an address asks for; what makes no sense in it counts as not given. */
export function toTenantQuery(params: SearchParams): TenantQuery {
  const { page, per_page, status, search, customer_id } = TenantQuery.shape;
  return TenantQuery.parse({
    per_page: rowsPerPage,
    ...soundParams({ page, per_page, status, search, customer_id }, params),
  });
}
