import { KeyQuery } from "../contract";

const rowsPerPage = 25;

/**
 * The list of keys that an address asks for, of one customer or of the one that it names, if any;
 * what makes no sense is left out.
 */
export function toKeyQuery(
  params: Record<string, string | string[] | undefined>,
  customerId?: string,
): KeyQuery {
  const { page, per_page, include_revoked, customer_id } = KeyQuery.shape;
  const fields = { page, per_page, include_revoked, customer_id };
  const given = Object.entries(fields).flatMap(([name, field]) => {
    const value = params[name];
    if (typeof value !== "string" || value.trim() === "") return [];
    return field.safeParse(value).success ? [[name, value] as const] : [];
  });
  return KeyQuery.parse({
    per_page: rowsPerPage,
    ...Object.fromEntries(given),
    ...(customerId !== undefined && { customer_id: customerId }),
  });
}
