import { forMany } from "@/platform/together";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";

/** Licenses of a subscription, by id. */
export const findOfSubscription = forMany(
  async (ctx: Ctx, subscriptionIds: string[]): Promise<string[][]> => {
    const ids = subscriptionIds.map(toUuid);
    const rows = await ctx.db.license.findMany({
      where: { subscription_id: { in: ids } },
      select: { id: true, subscription_id: true },
      orderBy: { id: "asc" },
    });
    return ids.map((subscription) =>
      rows
        .filter(({ subscription_id }) => subscription_id === subscription)
        .map(({ id }) => fromUuid("lic", id)),
    );
  },
);

/** Active licenses whose end has come, locked; those that another process holds are left to it. */
export async function lockEnded(tx: TxCtx, take: number): Promise<string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM licenses WHERE status = 'active' AND expires_at <= ${tx.now()}
    ORDER BY expires_at LIMIT ${take} FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => fromUuid("lic", id));
}

/** Active licenses that end within some days, of which that was not told yet; locked. */
export async function lockEnding(
  tx: TxCtx,
  days: number,
  take: number,
): Promise<string[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM licenses
    WHERE status = 'active' AND expires_at > ${tx.now()}
      AND expires_at <= ${tx.now()}::timestamptz + make_interval(days => ${days}::int)
      AND (reminded_days IS NULL OR reminded_days > ${days})
    ORDER BY expires_at LIMIT ${take} FOR UPDATE SKIP LOCKED`;
  return rows.map(({ id }) => fromUuid("lic", id));
}

/** What a reminder changes: no new version of the license for who edits it. */
export async function noteReminder(
  tx: TxCtx,
  id: string,
  days: number,
): Promise<void> {
  await tx.db
    .$executeRaw`UPDATE licenses SET reminded_days = ${days} WHERE id = ${toUuid(id)}::uuid`;
}

export async function countLiveLicenses(
  tx: TxCtx,
  customerId: string,
): Promise<number> {
  return tx.db.license.count({
    where: {
      customer_id: toUuid(customerId),
      status: { in: ["active", "pending", "suspended"] },
    },
  });
}
