import { soundParams, type SearchParams } from "@/client/sound-params";
import { KeyQuery } from "../contract";

const rowsPerPage = 25;

/**
 * The list of keys that an address asks for, of one customer or of the one that it names, if any;
 * what makes no sense is left out.
 */
export function toKeyQuery(
  params: SearchParams,
  customerId?: string,
): KeyQuery {
  const { page, per_page, include_revoked, customer_id } = KeyQuery.shape;
  const fields = { page, per_page, include_revoked, customer_id };
  return KeyQuery.parse({
    per_page: rowsPerPage,
    ...soundParams(fields, params),
    ...(customerId !== undefined && { customer_id: customerId }),
  });
}
