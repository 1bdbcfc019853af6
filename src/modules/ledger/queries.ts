import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { insertOnce, insertRows } from "@/platform/db/rows";
import { forMany } from "@/platform/together";
import { fromUuid, newId, newUuid, toUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type {
  LedgerAccount,
  LedgerKind,
  LedgerQuery,
  LedgerTransaction,
} from "./contract";

/** One side of a transaction: debits positive, credits negative, in minor units. */
export type Entry = { account: LedgerAccount; minor: bigint };

/** What is booked at once, in one currency; its entries sum to zero. */
export type Posting = {
  kind: LedgerKind;
  reason: string;
  customerId: string;
  currency: string;
  entries: Entry[];
  invoiceId?: string | null;
  paymentId?: string | null;
  /** of what may come twice: it is booked once */
  onceKey?: string | null;
};

/** Write a transaction; null when its once-key is there already. The database refuses at commit what does not balance. */
export const insertTransaction = forMany(
  async (tx: TxCtx, postings: Posting[]): Promise<(string | null)[]> => {
    const all = postings.map((posting) => ({ id: newId("ltx"), posting }));
    const rows = all.map(({ id, posting }) => ({
      id: toUuid(id),
      kind: posting.kind,
      reason: posting.reason,
      customer_id: toUuid(posting.customerId),
      invoice_id: posting.invoiceId ? toUuid(posting.invoiceId) : null,
      payment_id: posting.paymentId ? toUuid(posting.paymentId) : null,
      once_key: posting.onceKey ?? null,
      created_at: tx.now(),
    }));
    const added = await insertOnce(tx, "ledger_transactions", rows);
    const written = all.filter(({ id }) => added.has(toUuid(id)));
    await insertRows(
      tx,
      "ledger_entries",
      written.flatMap(({ id, posting }) =>
        posting.entries.map(({ account, minor }) => ({
          id: newUuid(),
          transaction_id: toUuid(id),
          account,
          customer_id: toUuid(posting.customerId),
          currency: posting.currency,
          amount_minor: minor,
          created_at: tx.now(),
        })),
      ),
    );
    return all.map(({ id }) => (added.has(toUuid(id)) ? id : null));
  },
);

/** Currencies whose entries do not sum to zero. */
export async function findUnbalanced(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    SELECT currency FROM ledger_entries GROUP BY currency HAVING sum(amount_minor) <> 0`;
  return rows.map(({ currency }) => currency);
}

/** The credit that a customer holds in a currency, in minor units. */
export const sumCredit = forMany(
  async (
    ctx: Ctx,
    asked: { customerId: string; currency: string }[],
  ): Promise<bigint[]> => {
    const ids = asked.map(({ customerId }) => toUuid(customerId));
    const rows = await ctx.db.$queryRaw<
      { customer_id: string; currency: string; minor: bigint }[]
    >`
      SELECT customer_id, currency, -sum(amount_minor)::bigint AS minor FROM ledger_entries
      WHERE customer_id = ANY (${ids}::uuid[]) AND account = 'customer_credit' GROUP BY 1, 2`;
    const sums = new Map(
      rows.map((row) => [`${row.customer_id} ${row.currency}`, row.minor]),
    );
    return asked.map(
      ({ currency }, i) => sums.get(`${ids[i]} ${currency}`) ?? 0n,
    );
  },
);

/** One more than asked for, newest first, so that the caller knows whether there are more. */
export async function findTransactions(
  ctx: Ctx,
  customerId: string,
  { cursor, limit }: LedgerQuery,
): Promise<LedgerTransaction[]> {
  const rows = await ctx.db.ledgerTransaction.findMany({
    where: {
      customer_id: toUuid(customerId),
      ...(cursor && { id: { lt: toUuid(cursor) } }),
    },
    include: { entries: { orderBy: { amount_minor: "desc" } } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  return rows.map(toTransaction);
}

export async function countTransactions(
  tx: TxCtx,
  customerId: string,
): Promise<number> {
  const where = { customer_id: toUuid(customerId) };
  return tx.db.ledgerTransaction.count({ where, take: 1_000 });
}

type Row = Prisma.LedgerTransactionGetPayload<{ include: { entries: true } }>;

function toTransaction(row: Row): LedgerTransaction {
  const currency = row.entries[0]?.currency ?? "USD";
  const entries = row.entries.map((entry) => ({
    account: entry.account as LedgerAccount, // Safe: a CHECK constraint.
    minor: entry.amount_minor,
  }));
  return {
    id: fromUuid("ltx", row.id),
    kind: row.kind as LedgerKind, // Safe: insertTransaction() wrote it.
    reason: row.reason,
    invoice_id: row.invoice_id && fromUuid("ivc", row.invoice_id),
    payment_id: row.payment_id && fromUuid("pay", row.payment_id),
    currency,
    change: money(balanceChange(entries), currency),
    entries: entries.map(({ account, minor }) => ({
      account,
      amount: money(minor, currency),
    })),
    created_at: row.created_at.toISOString(),
  };
}

/** What entries do to the customer's balance: what it is owed more, less what it owes more. */
export function balanceChange(entries: Entry[]): bigint {
  return entries.reduce(
    (sum, { account, minor }) =>
      account === "customer_credit" || account === "receivable"
        ? sum - minor
        : sum,
    0n,
  );
}
