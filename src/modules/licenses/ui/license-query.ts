import { soundParams, type SearchParams } from "@/client/sound-params";
import { LicenseQuery } from "../contract";

const rowsPerPage = 50;

/** The licenses that an address asks for; what makes no sense in it counts as not given. */
export function toLicenseQuery(params: SearchParams): LicenseQuery {
  const { page, per_page, status, plan_id, expires_within_days, search } =
    LicenseQuery.shape;
  const { customer_id } = LicenseQuery.shape;
  const fields = { page, per_page, status, plan_id, search, customer_id };
  return LicenseQuery.parse({
    per_page: rowsPerPage,
    ...soundParams({ ...fields, expires_within_days }, params),
  });
}
