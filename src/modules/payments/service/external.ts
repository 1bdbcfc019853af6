import { getCustomer } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { HostedProvider } from "../provider";
import {
  findExternalId,
  findGoneId,
  insertExternalId,
} from "../queries/methods";

/** Who a customer is at a provider, who is made there when there is none. Outside of transactions. */
export async function externalIdOf(
  ctx: Ctx,
  provider: HostedProvider,
  customerId: string,
): Promise<string> {
  const known = await findExternalId(ctx, provider.name, customerId);
  if (known) return known;
  const customer = await getCustomer(asSystem(ctx), customerId);
  const gone = await findGoneId(ctx, provider.name, customerId);
  const made = await provider.createCustomer(ctx, customer, gone);
  await transaction(ctx, (tx) =>
    insertExternalId(tx, provider.name, customerId, made),
  );
  // Two callers at once made two at the most; the one that was kept counts.
  return (await findExternalId(ctx, provider.name, customerId)) ?? made;
}

/** The app's own context: for what a caller may bring about, and not see. */
export function asSystem(ctx: Ctx): Ctx {
  return { ...ctx, actor: { kind: "system", name: "payments" } };
}
