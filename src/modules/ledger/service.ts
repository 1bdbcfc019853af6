import { assertUnchanged, record } from "@/modules/audit";
import { changeTotals, holdCustomer, type Blocker } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid } from "@/shared/errors";
import type { BalanceInput } from "./contract";
import { countTransactions, insertTransaction } from "./queries";

/**
 * Bring a customer's balance to an amount by an adjustment for the difference; none is written
 * when there is no difference. Needs billing:write; throws NOT_FOUND, VALIDATION_FAILED when the
 * currency is not the customer's.
 */
export async function setBalance(
  ctx: Ctx,
  customerId: string,
  { balance, reason }: BalanceInput,
): Promise<Customer> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const before = await holdCustomer(tx, customerId);
    await assertUnchanged(tx, "customer", before);
    if (balance.currency !== before.currency)
      throw invalid([
        {
          field: "body.balance.currency",
          message: `must be the customer's currency, ${before.currency}`,
        },
      ]);
    const difference = BigInt(balance.amount) - BigInt(before.balance.amount);
    if (difference === 0n) return before;
    // The credit is owed to the customer: more of it is a credit of that account.
    const id = await insertTransaction(tx, {
      kind: "adjustment",
      reason,
      customerId,
      currency: balance.currency,
      entries: [
        { account: "customer_credit", minor: -difference },
        { account: "adjustments", minor: difference },
      ],
    });
    await changeTotals(tx, customerId, { balance_minor: difference });
    await record(tx, {
      action: "ledger.adjusted",
      target: { kind: "ledger_transaction", id },
      customerId,
      before: { balance: before.balance },
      after: { balance, reason },
    });
    await emit(tx, {
      name: "ledger.adjusted",
      payload: { customer_id: customerId, transaction_id: id },
    });
    return holdCustomer(tx, customerId);
  });
}

/** Ledger history of a customer: it must be kept, so it blocks deletion. */
export async function ledgerBlocker(
  tx: TxCtx,
  customerId: string,
): Promise<Blocker> {
  return {
    kind: "ledger transactions",
    count: await countTransactions(tx, customerId),
  };
}
