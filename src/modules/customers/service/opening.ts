import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { LimitsInput } from "@/shared/limits";
import type { NewCustomer, NewCustomerInput } from "../contract";
import { createCustomer } from "./write";

/** What modules above this one make for a new customer; each authorises by itself. */
export type Furnishing = {
  setLimits: (tx: TxCtx, id: string, limits: LimitsInput) => Promise<unknown>;
  issueKey: (
    tx: TxCtx,
    id: string,
    name: string | undefined,
  ) => Promise<{ id: string; name: string; key: string }>;
};

/**
 * Create a customer with its own limits and a key, all or nothing. Needs customers:write, and
 * keys:write for a key; throws CONFLICT.
 */
export async function openCustomer(
  ctx: Ctx,
  { limits, api_key, ...input }: NewCustomerInput,
  furnishing: Furnishing,
): Promise<NewCustomer> {
  return transaction(ctx, async (tx) => {
    const customer = await createCustomer(tx, input);
    const { id } = customer;
    if (limits && Object.values(limits).some((limit) => limit !== undefined))
      await furnishing.setLimits(tx, id, limits);
    if (!api_key) return customer;
    const issued = await furnishing.issueKey(tx, id, api_key.name);
    return {
      ...customer,
      api_key: { id: issued.id, name: issued.name, key: issued.key },
    };
  });
}
