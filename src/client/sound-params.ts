import type * as z from "zod";

/** Search parameters as Next gives them to a page. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** What an address says of these fields; what makes no sense in it counts as not given. */
export function soundParams(
  fields: Record<string, z.ZodType>,
  params: SearchParams,
): Record<string, string> {
  const given = Object.entries(fields).flatMap(([name, field]) => {
    const value = params[name];
    if (typeof value !== "string" || value.trim() === "") return [];
    return field.safeParse(value).success ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}
