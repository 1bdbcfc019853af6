import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";

/** Whose inbox: a person's, at the dashboard or in the portal of a customer. */
export type Inbox = {
  userId: string;
  customerId: string | null;
  /** only what is about the customer: staff look at the portal */
  isViewed?: true;
};

/** A row of an inbox; its words are made when it is read, in the reader's language. */
export type StoredNotification = {
  id: string;
  event: string;
  params: Record<string, string | number>;
  href: string | null;
  read_at: string | null;
  created_at: string;
};

/** Put something into an inbox, once: the id follows from the event. */
export async function insertNotification(
  tx: TxCtx,
  inbox: Inbox,
  notification: Pick<StoredNotification, "id" | "event" | "params" | "href">,
): Promise<void> {
  await tx.db.notification.createMany({
    data: [
      {
        id: toUuid(notification.id),
        user_id: toUuid(inbox.userId),
        customer_id: inbox.customerId && toUuid(inbox.customerId),
        event: notification.event,
        params: notification.params,
        href: notification.href,
        created_at: tx.now(),
      },
    ],
    skipDuplicates: true,
  });
}

/** What an inbox holds, newest first, older than `before` when given. */
export async function findNotifications(
  ctx: Ctx,
  inbox: Inbox,
  filter: { before?: string | undefined; unread?: boolean | undefined },
  take: number,
): Promise<StoredNotification[]> {
  const rows = await ctx.db.notification.findMany({
    where: {
      ...ownedBy(inbox),
      ...(filter.unread && { read_at: null }),
      ...(filter.before && { id: { lt: toUuid(filter.before) } }),
    },
    orderBy: { id: "desc" },
    take,
  });
  return rows.map(toNotification);
}

export async function countUnreadRows(
  ctx: Ctx,
  inbox: Inbox,
  most: number,
): Promise<number> {
  const where = { ...ownedBy(inbox), read_at: null };
  return ctx.db.notification.count({ where, take: most });
}

/** Mark what is unread as read: one, or all that there is. */
export async function markRead(
  ctx: Ctx,
  inbox: Inbox,
  id: string | null,
): Promise<number> {
  const { count } = await ctx.db.notification.updateMany({
    where: {
      ...ownedBy(inbox),
      read_at: null,
      ...(id !== null && { id: toUuid(id) }),
    },
    data: { read_at: ctx.now() },
  });
  return count;
}

export async function findNotification(
  ctx: Ctx,
  inbox: Inbox,
  id: string,
): Promise<StoredNotification | null> {
  const row = await ctx.db.notification.findFirst({
    where: { ...ownedBy(inbox), id: toUuid(id) },
  });
  return row && toNotification(row);
}

/** Forget what came before an instant; the answer counts it. */
export async function deleteNotifications(
  ctx: Ctx,
  before: Date,
): Promise<number> {
  const where = { created_at: { lt: before } };
  return (await ctx.db.notification.deleteMany({ where })).count;
}

export type Choice = { in_app: boolean; mail: boolean };

/** What a person chose, by event; events without a choice are absent. */
export async function findChoices(
  ctx: Ctx,
  userId: string,
): Promise<Map<string, Choice>> {
  const rows = await ctx.db.notificationPreference.findMany({
    where: { user_id: toUuid(userId) },
  });
  return new Map(
    rows.map(({ event, in_app, mail }) => [event, { in_app, mail }]),
  );
}

export async function upsertChoice(
  tx: TxCtx,
  userId: string,
  event: string,
  choice: Choice,
): Promise<void> {
  const key = { user_id: toUuid(userId), event };
  await tx.db.notificationPreference.upsert({
    where: { user_id_event: key },
    create: { ...key, ...choice },
    update: choice,
  });
}

// What concerns the person rather than a customer is seen in every portal of theirs.
function ownedBy({ userId, customerId, isViewed }: Inbox) {
  return {
    user_id: toUuid(userId),
    OR: [
      ...(isViewed ? [] : [{ customer_id: null }]),
      ...(customerId ? [{ customer_id: toUuid(customerId) }] : []),
    ],
  };
}

function toNotification(
  row: Prisma.NotificationGetPayload<object>,
): StoredNotification {
  return {
    id: fromUuid("ntf", row.id),
    event: row.event,
    params: row.params as StoredNotification["params"], // Safe: insertNotification wrote it.
    href: row.href,
    read_at: row.read_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
