import { soundParams, type SearchParams } from "@/client/sound-params";
import { PlanQuery } from "../contract";

const rowsPerPage = 50;

/** The plans that an address asks for; what makes no sense in it counts as not given. */
export function toPlanQuery(params: SearchParams): PlanQuery {
  const { page, per_page, search, status } = PlanQuery.shape;
  const fields = { page, per_page, search, status };
  return PlanQuery.parse({
    per_page: rowsPerPage,
    ...soundParams(fields, params),
  });
}
