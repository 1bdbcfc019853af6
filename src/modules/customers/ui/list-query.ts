import { soundParams, type SearchParams } from "@/client/sound-params";
import { CustomerQuery } from "../contract";

export const rowsPerPage = 25;

/** The list that an address asks for. What makes no sense in it counts as not given. */
export function toCustomerQuery(params: SearchParams): CustomerQuery {
  return CustomerQuery.parse({
    per_page: rowsPerPage,
    ...soundParams(CustomerQuery.shape, params),
  });
}
