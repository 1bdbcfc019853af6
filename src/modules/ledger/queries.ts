import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
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
export async function insertTransaction(
  tx: TxCtx,
  posting: Posting,
): Promise<string | null> {
  const id = newId("ltx");
  const customer_id = toUuid(posting.customerId);
  // Not create(): a caught unique violation would poison the transaction.
  const { count } = await tx.db.ledgerTransaction.createMany({
    data: {
      id: toUuid(id),
      kind: posting.kind,
      reason: posting.reason,
      customer_id,
      invoice_id: posting.invoiceId ? toUuid(posting.invoiceId) : null,
      payment_id: posting.paymentId ? toUuid(posting.paymentId) : null,
      once_key: posting.onceKey ?? null,
      created_at: tx.now(),
    },
    skipDuplicates: true,
  });
  if (count === 0) return null;
  await tx.db.ledgerEntry.createMany({
    data: posting.entries.map(({ account, minor }) => ({
      transaction_id: toUuid(id),
      account,
      customer_id,
      currency: posting.currency,
      amount_minor: minor,
      created_at: tx.now(),
    })),
  });
  return id;
}

/** Currencies whose entries do not sum to zero. */
export async function findUnbalanced(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    SELECT currency FROM ledger_entries GROUP BY currency HAVING sum(amount_minor) <> 0`;
  return rows.map(({ currency }) => currency);
}

/** The credit that a customer holds in a currency, in minor units. */
export async function sumCredit(
  ctx: Ctx,
  customerId: string,
  currency: string,
): Promise<bigint> {
  const { _sum } = await ctx.db.ledgerEntry.aggregate({
    where: {
      customer_id: toUuid(customerId),
      account: "customer_credit",
      currency,
    },
    _sum: { amount_minor: true },
  });
  return -(_sum.amount_minor ?? 0n);
}

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
