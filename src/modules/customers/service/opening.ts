import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { LimitsInput } from "@/shared/limits";
import type { Money } from "@/shared/money";
import type { Customer, NewCustomer, NewCustomerInput } from "../contract";
import { findCustomer } from "../queries/customers";
import { withPlans } from "../queries/plans";
import { createCustomer } from "./write";

/** What modules above this one make for a new customer; each authorises by itself. */
export type Furnishing = {
  setLimits: (tx: TxCtx, id: string, limits: LimitsInput) => Promise<unknown>;
  issueKey: (
    tx: TxCtx,
    id: string,
    name: string | undefined,
  ) => Promise<{ id: string; name: string; key: string }>;
  /** `plan` is the code or the name of one */
  subscribe: (tx: TxCtx, to: Customer, plan: string) => Promise<unknown>;
  setBalance: (tx: TxCtx, id: string, balance: Money) => Promise<unknown>;
};

/**
 * Create a customer with a balance, a plan, its own limits and a key, all or nothing. Needs
 * customers:write, billing:write for the first two, and keys:write for a key; throws CONFLICT.
 */
export async function openCustomer(
  ctx: Ctx,
  { limits, package: plan, balance, api_key, ...input }: NewCustomerInput,
  furnishing: Furnishing,
): Promise<NewCustomer> {
  return transaction(ctx, async (tx) => {
    const bare = await createCustomer(tx, input);
    const { id } = bare;
    if (limits && Object.values(limits).some((limit) => limit !== undefined))
      await furnishing.setLimits(tx, id, limits);
    if (balance) await furnishing.setBalance(tx, id, balance);
    if (plan !== undefined) await furnishing.subscribe(tx, bare, plan);
    const isChanged = balance !== undefined || plan !== undefined;
    const customer = isChanged ? await asItIsNow(tx, bare) : bare;
    if (!api_key) return customer;
    const issued = await furnishing.issueKey(tx, id, api_key.name);
    return {
      ...customer,
      api_key: { id: issued.id, name: issued.name, key: issued.key },
    };
  });
}

async function asItIsNow(tx: TxCtx, bare: Customer): Promise<Customer> {
  const found = (await findCustomer(tx, bare.id)) ?? bare;
  const [customer = found] = await withPlans(tx, [found]);
  return customer;
}
