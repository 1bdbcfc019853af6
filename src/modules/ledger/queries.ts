import type { TxCtx } from "@/platform/context";
import { newId, toUuid } from "@/shared/ids";

export type Account = "customer_credit" | "adjustments";

/** One side of a transaction: debits positive, credits negative, in minor units. */
export type Entry = { account: Account; minor: bigint };

/** Write a transaction. The database refuses it at commit unless the entries sum to zero. */
export async function insertTransaction(
  tx: TxCtx,
  transaction: {
    kind: "adjustment";
    reason: string;
    customerId: string;
    currency: string;
    entries: Entry[];
  },
): Promise<string> {
  const id = newId("ltx");
  const customer_id = toUuid(transaction.customerId);
  await tx.db.ledgerTransaction.create({
    data: {
      id: toUuid(id),
      kind: transaction.kind,
      reason: transaction.reason,
      customer_id,
      created_at: tx.now(),
    },
  });
  await tx.db.ledgerEntry.createMany({
    data: transaction.entries.map(({ account, minor }) => ({
      transaction_id: toUuid(id),
      account,
      customer_id,
      currency: transaction.currency,
      amount_minor: minor,
      created_at: tx.now(),
    })),
  });
  return id;
}

export async function countTransactions(
  tx: TxCtx,
  customerId: string,
): Promise<number> {
  const where = { customer_id: toUuid(customerId) };
  return tx.db.ledgerTransaction.count({ where, take: 1_000 });
}
