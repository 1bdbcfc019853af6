import { assertUnchanged, record } from "@/modules/audit";
import {
  changeTotals,
  getVisibleCustomer,
  holdCurrency,
  holdCustomer,
  type Blocker,
} from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid } from "@/shared/errors";
import { toCursorPage } from "@/shared/page";
import type { BalanceInput, LedgerQuery } from "./contract";
import {
  balanceChange,
  countTransactions,
  findTransactions,
  findUnbalanced,
  insertTransaction,
  sumCredit,
  type Posting,
} from "./queries";

/**
 * Book a transaction in the caller's own, and keep the customer's balance: debits positive, credits
 * negative, in minor units of one currency; entries of nothing are left out. The id, or null when
 * its `onceKey` was booked before, or nothing is left of it. Throws RangeError when the entries do
 * not sum to zero. The balance is in the customer's currency; what is booked in another one shows
 * in the ledger only.
 */
export async function post(
  tx: TxCtx,
  posting: Posting,
): Promise<string | null> {
  const entries = posting.entries.filter(({ minor }) => minor !== 0n);
  const sum = entries.reduce((total, { minor }) => total + minor, 0n);
  if (sum !== 0n)
    throw new RangeError(
      `The entries of "${posting.reason}" do not balance: they sum to ${sum} ${posting.currency}.`,
    );
  if (entries.length === 0) return null;
  const currency = await holdCurrency(tx, posting.customerId);
  const id = await insertTransaction(tx, { ...posting, entries });
  const change = balanceChange(entries);
  if (id && change !== 0n && currency === posting.currency)
    await changeTotals(tx, posting.customerId, { balance_minor: change });
  return id;
}

/** Whether all that was ever booked balances, in every currency; for a nightly look. */
export async function isBalanced(ctx: Ctx): Promise<boolean> {
  return (await findUnbalanced(ctx)).length === 0;
}

/** The credit that a customer holds in a currency, in minor units; the caller has authorised. */
export async function creditOf(
  ctx: Ctx,
  customerId: string,
  currency: string,
): Promise<bigint> {
  return sumCredit(ctx, { customerId, currency });
}

/**
 * What was booked for a customer, newest first. Needs billing:read; a customer's people see their
 * own. Throws NOT_FOUND.
 */
export async function statement(
  ctx: Ctx,
  customerId: string,
  query: LedgerQuery,
) {
  authorize(ctx, "billing:read");
  await getVisibleCustomer(ctx, customerId);
  return toCursorPage(
    await findTransactions(ctx, customerId, query),
    query.limit,
  );
}

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
    const id = await post(tx, {
      kind: "adjustment",
      reason,
      customerId,
      currency: balance.currency,
      entries: [
        { account: "customer_credit", minor: -difference },
        { account: "adjustments", minor: difference },
      ],
    });
    if (!id) return before;
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
