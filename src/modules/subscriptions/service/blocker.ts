import type { Blocker } from "@/modules/customers";
import type { TxCtx } from "@/platform/context";
import { countOf } from "../queries/subscriptions";

/** Subscriptions of a customer, ended ones too: they are kept with the money, so they block deletion. */
export async function subscriptionsBlocker(
  tx: TxCtx,
  customerId: string,
): Promise<Blocker> {
  return { kind: "subscriptions", count: await countOf(tx, customerId) };
}
