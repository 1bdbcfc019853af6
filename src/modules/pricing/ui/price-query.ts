import { soundParams, type SearchParams } from "@/client/sound-params";
import { PriceQuery } from "../contract";

const rowsPerPage = 50;

/** The prices that an address asks for; what makes no sense in it counts as not given. */
export function toPriceQuery(params: SearchParams): PriceQuery {
  const { page, per_page, provider, search, include_past } = PriceQuery.shape;
  const fields = { page, per_page, provider, search, include_past };
  return PriceQuery.parse({
    per_page: rowsPerPage,
    ...soundParams(fields, params),
  });
}
