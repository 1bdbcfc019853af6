import { CustomerQuery } from "../contract";

/** Search parameters as Next gives them to a page. */
export type SearchParams = Record<string, string | string[] | undefined>;

export const rowsPerPage = 25;

/** The list that an address asks for. What makes no sense in it counts as not given. */
export function toCustomerQuery(params: SearchParams): CustomerQuery {
  const given = Object.entries(CustomerQuery.shape).flatMap(([name, field]) => {
    const value = params[name];
    if (typeof value !== "string" || value.trim() === "") return [];
    return field.safeParse(value).success ? [[name, value] as const] : [];
  });
  return CustomerQuery.parse({
    per_page: rowsPerPage,
    ...Object.fromEntries(given),
  });
}
