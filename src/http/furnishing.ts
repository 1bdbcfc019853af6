import type { Furnishing } from "@/modules/customers";
import { issueKey } from "@/modules/keys";
import { setBalance } from "@/modules/ledger";
import { setCustomerLimits } from "@/modules/limits";
import { findSoldVersion, priceOf } from "@/modules/plans";
import { openSubscription } from "@/modules/subscriptions";
import { authorize, type TxCtx } from "@/platform/context";
import { invalid } from "@/shared/errors";

type Buyer = { id: string; currency: string };

/** What a new customer can be given in the act of its making. */
export const furnishing: Furnishing = {
  setLimits: setCustomerLimits,
  issueKey: (tx, customer_id, name) => issueKey(tx, { customer_id, name }),
  subscribe,
  setBalance: (tx, id, balance) =>
    setBalance(tx, id, { balance, reason: "Opening balance" }),
};

async function subscribe(tx: TxCtx, { id, currency }: Buyer, plan: string) {
  authorize(tx, "billing:write");
  const version = await findSoldVersion(tx, plan);
  if (!version)
    throw invalid([
      {
        field: "body.package",
        message: "must be the code or the name of a plan",
      },
    ]);
  const isMonthly = priceOf(version, currency, "month") !== null;
  return openSubscription(tx, {
    ...{ customer_id: id, plan_version_id: version.id, quantity: 1 },
    interval: isMonthly ? "month" : "year",
    ...{ provider: "manual", metadata: {} },
  });
}
