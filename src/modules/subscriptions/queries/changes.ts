import { Prisma } from "@/platform/db/generated/client";
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
  kind: ChangeKind;
  status: "scheduled" | "applied";
  effectiveAt: Date;
  before: Terms | null;
  after: Terms | null;
  money: Quote | null;
  invoiceId: string | null;
  reason: string | null;
};

export async function insertChange(
  tx: TxCtx,
  subscriptionId: string,
  change: NewChange,
  now: Date,
): Promise<void> {
  const json = (value: object | null) =>
    value ? (value as Prisma.InputJsonObject) : Prisma.JsonNull; // Safe: plain data.
  await tx.db.subscriptionChange.create({
    data: {
      id: toUuid(newId("sch")),
      subscription_id: toUuid(subscriptionId),
      kind: change.kind,
      status: change.status,
      effective_at: change.effectiveAt,
      before: json(change.before),
      after: json(change.after),
      money: json(change.money),
      invoice_id: change.invoiceId && toUuid(change.invoiceId),
      reason: change.reason,
      created_at: now,
      closed_at: change.status === "applied" ? now : null,
    },
  });
}

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
  await tx.db.subscriptionChange.updateMany({
    where: {
      subscription_id: toUuid(subscriptionId),
      status: "scheduled",
      ...(kind && { kind }),
    },
    data: { status, closed_at: now },
  });
}

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
