import { forMany } from "@/platform/together";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type {
  ChangeKind,
  Quote,
  SubscriptionChange,
  Terms,
} from "../contract/parts";
import { toChange } from "./row";

export type NewChange = {
  subscriptionId: string;
  at: Date;
  kind: ChangeKind;
  status: "scheduled" | "applied";
  effectiveAt: Date;
  before: Terms | null;
  after: Terms | null;
  money: Quote | null;
  invoiceId: string | null;
  reason: string | null;
};

export const insertChange = forMany(async (tx: TxCtx, changes: NewChange[]) => {
  const rows = changes.map((change) => ({
    id: toUuid(newId("sch")),
    subscription_id: toUuid(change.subscriptionId),
    kind: change.kind,
    status: change.status,
    effective_at: change.effectiveAt,
    before: change.before,
    after: change.after,
    money: change.money,
    invoice_id: change.invoiceId && toUuid(change.invoiceId),
    reason: change.reason,
    created_at: change.at,
    closed_at: change.status === "applied" ? change.at : null,
  }));
  // Of JSON that must be there, none is a null of its own.
  await tx.db.$executeRaw`
      INSERT INTO subscription_changes
        (id, subscription_id, kind, status, effective_at, before, after, money, invoice_id, reason, created_at, closed_at)
      SELECT id, subscription_id, kind, status, effective_at, coalesce(before, 'null'), coalesce(after, 'null'),
        coalesce(money, 'null'), invoice_id, reason, created_at, closed_at
      FROM json_populate_recordset(NULL::subscription_changes, ${JSON.stringify(rows)}::json)`;
  return changes.map(() => undefined);
});

/** The change of terms that is scheduled for one. */
export const findScheduledChange = forMany(
  async (ctx: Ctx, ids: string[]): Promise<(SubscriptionChange | null)[]> => {
    const found = await findScheduled(ctx, ids);
    return ids.map((id) => found.get(id) ?? null);
  },
);

/** What is scheduled for these, by subscription: changes of terms, or what else is said. */
export async function findScheduled(
  ctx: Ctx,
  subscriptionIds: string[],
  kind: ChangeKind = "change",
): Promise<Map<string, SubscriptionChange>> {
  const rows = await ctx.db.subscriptionChange.findMany({
    where: {
      subscription_id: { in: subscriptionIds.map(toUuid) },
      status: "scheduled",
      kind,
    },
    orderBy: { id: "asc" },
  });
  return new Map(
    rows.map((row) => [fromUuid("sub", row.subscription_id), toChange(row)]),
  );
}

/** What was changed with this invoice, if that can still be taken back. */
export async function findBilledChange(
  ctx: Ctx,
  subscriptionId: string,
  invoiceId: string,
): Promise<SubscriptionChange | null> {
  const row = await ctx.db.subscriptionChange.findFirst({
    where: {
      subscription_id: toUuid(subscriptionId),
      invoice_id: toUuid(invoiceId),
      kind: "change",
      status: "applied",
    },
  });
  return row && toChange(row);
}

/** The newest change of terms that was applied. */
export async function findLastChange(
  ctx: Ctx,
  subscriptionId: string,
): Promise<SubscriptionChange | null> {
  const row = await ctx.db.subscriptionChange.findFirst({
    where: {
      subscription_id: toUuid(subscriptionId),
      kind: { in: ["change", "renew"] },
      status: "applied",
    },
    orderBy: { id: "desc" },
  });
  return row && toChange(row);
}

export async function findChange(
  ctx: Ctx,
  subscriptionId: string,
  id: string,
): Promise<SubscriptionChange | null> {
  const row = await ctx.db.subscriptionChange.findFirst({
    where: { id: toUuid(id), subscription_id: toUuid(subscriptionId) },
  });
  return row && toChange(row);
}

export async function listChanges(
  ctx: Ctx,
  subscriptionId: string,
  cursor: string | undefined,
  take: number,
): Promise<SubscriptionChange[]> {
  const rows = await ctx.db.subscriptionChange.findMany({
    where: {
      subscription_id: toUuid(subscriptionId),
      ...(cursor && { id: { lt: toUuid(cursor) } }),
    },
    orderBy: { id: "desc" },
    take,
  });
  return rows.map(toChange);
}

/** End what is scheduled of a kind (null: of any). */
export async function closeScheduled(
  tx: TxCtx,
  subscriptionId: string,
  kind: ChangeKind | null,
  status: "applied" | "canceled",
  now: Date,
): Promise<void> {
  await closeOne(tx, { id: toUuid(subscriptionId), kind, status, now });
}

type Closing = {
  id: string;
  kind: ChangeKind | null;
  status: string;
  now: Date;
};

const closeOne = forMany(async (tx: TxCtx, closings: Closing[]) => {
  await tx.db.$executeRaw`
    UPDATE subscription_changes s SET status = c.status, closed_at = c.now
    FROM json_to_recordset(${JSON.stringify(closings)}::json)
      AS c (id uuid, kind text, status text, now timestamptz)
    WHERE s.subscription_id = c.id AND s.status = 'scheduled' AND s.kind = coalesce(c.kind, s.kind)`;
  return closings.map(() => undefined);
});

export async function markFailed(
  tx: TxCtx,
  id: string,
  now: Date,
): Promise<void> {
  await tx.db.subscriptionChange.update({
    where: { id: toUuid(id) },
    data: { status: "failed", closed_at: now },
  });
}
