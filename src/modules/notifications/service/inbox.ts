import { record } from "@/modules/audit";
import { findContact, listMembers } from "@/modules/identity";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toCursorPage } from "@/shared/page";
import {
  noticeEvents,
  noticeNames,
  type Notification,
  type NotificationPage,
  type NotificationPreference,
  type PreferencesInput,
} from "../contract";
import {
  countUnreadRows,
  findChoices,
  findNotification,
  findNotifications,
  markRead,
  upsertChoice,
  type Inbox,
  type StoredNotification,
} from "../queries";
import { eventLabels, eventWords } from "../wording";

/** More unread ones than this are not counted: nobody reads the number any more. */
const mostCounted = 100;

/**
 * One's own inbox, newest first, with how many are unread. Staff who view as a customer see what
 * its first owner was told of that customer, and nothing of anybody's own account.
 */
export async function listNotifications(
  ctx: Ctx,
  query: {
    cursor?: string | undefined;
    limit: number;
    unread?: boolean | undefined;
  },
): Promise<NotificationPage> {
  const inbox = await seenInbox(ctx);
  const filter = { before: query.cursor, unread: query.unread };
  const [rows, unread, language] = await Promise.all([
    findNotifications(ctx, inbox, filter, query.limit + 1),
    countUnreadRows(ctx, inbox, mostCounted),
    languageOf(ctx),
  ]);
  const { items, next_cursor } = toCursorPage(rows, query.limit);
  return {
    items: items.map((row) => toNotification(row, language)),
    next_cursor,
    unread,
  };
}

/** How many of the inbox that `listNotifications` shows are unread, counted to a hundred. */
export async function countUnread(ctx: Ctx): Promise<number> {
  return countUnreadRows(ctx, await seenInbox(ctx), mostCounted);
}

/** Mark one of one's own as read; doing so twice is no error. Throws NOT_FOUND. */
export async function readNotification(
  ctx: Ctx,
  id: string,
): Promise<Notification> {
  const inbox = ownInbox(ctx);
  await markRead(ctx, inbox, id);
  const row = await findNotification(ctx, inbox, id);
  if (!row) throw notFound("notification");
  return toNotification(row, await languageOf(ctx));
}

/** Mark all of one's own as read; the answer counts those that were not. */
export async function readAllNotifications(
  ctx: Ctx,
): Promise<{ read: number }> {
  return { read: await markRead(ctx, ownInbox(ctx), null) };
}

/** Where one is told of each event that concerns one. */
export async function listPreferences(
  ctx: Ctx,
): Promise<{ items: NotificationPreference[] }> {
  const inbox = ownInbox(ctx);
  const [choices, language] = await Promise.all([
    findChoices(ctx, inbox.userId),
    languageOf(ctx),
  ]);
  const items = noticeNames(audienceOf(inbox)).map((event) => {
    const { group, isMailFixed, in_app, mail } = noticeEvents[event];
    const choice = choices.get(event) ?? { in_app, mail };
    return {
      event,
      group,
      ...eventLabels(event, language),
      in_app: choice.in_app,
      mail: choice.mail || isMailFixed,
      is_mail_fixed: isMailFixed,
    };
  });
  return { items };
}

/** Choose where to be told. Throws VALIDATION_FAILED for mails that cannot be switched off. */
export async function setPreferences(
  ctx: Ctx,
  { items }: PreferencesInput,
): Promise<{ items: NotificationPreference[] }> {
  const inbox = ownInbox(ctx);
  const concerning = new Set(noticeNames(audienceOf(inbox)));
  const wrong = items.flatMap(({ event, mail }, i) => {
    if (!concerning.has(event))
      return [
        { field: `body.items.${i}.event`, message: "does not concern you" },
      ];
    return noticeEvents[event].isMailFixed && !mail
      ? [
          {
            field: `body.items.${i}.mail`,
            message:
              "cannot be switched off: it tells you that your account is in danger",
          },
        ]
      : [];
  });
  if (wrong.length > 0) throw invalid(wrong);
  return transaction(ctx, async (tx) => {
    const before = await listPreferences(tx);
    for (const { event, in_app, mail } of items)
      await upsertChoice(tx, inbox.userId, event, { in_app, mail });
    const after = await listPreferences(tx);
    await record(tx, {
      action: "notification_preferences.changed",
      target: { kind: "user", id: inbox.userId },
      customerId: inbox.customerId,
      before: flat(before.items),
      after: flat(after.items),
    });
    return after;
  });
}

async function seenInbox(ctx: Ctx): Promise<Inbox> {
  const { actor } = ctx;
  if (actor.kind !== "customer" || !actor.viewer) return ownInbox(ctx);
  const { customerId } = actor;
  const people = await listMembers(ctx, customerId);
  const owner = people.find(({ role }) => role === "owner");
  return { userId: owner?.id ?? actor.userId, customerId, isViewed: true };
}

function ownInbox({ actor }: Ctx): Inbox {
  if (actor.kind === "staff") return { userId: actor.userId, customerId: null };
  if (actor.kind !== "customer")
    throw new DomainError(
      "FORBIDDEN",
      "Notifications belong to people. Sign in to read yours.",
    );
  if (actor.viewer)
    throw new DomainError(
      "FORBIDDEN",
      "You are viewing as a customer, whose notifications stay as they are. Stop that first.",
    );
  return { userId: actor.userId, customerId: actor.customerId };
}

function audienceOf(inbox: Inbox) {
  return inbox.customerId ? "customer" : "staff";
}

async function languageOf(ctx: Ctx): Promise<string> {
  if (!("userId" in ctx.actor)) return "en";
  return (await findContact(ctx, { id: ctx.actor.userId }))?.language ?? "en";
}

function toNotification(
  { params, ...row }: StoredNotification,
  language: string,
): Notification {
  return { ...row, ...eventWords(row.event, params, language) };
}

// As the audit log compares: a field for each choice.
function flat(items: NotificationPreference[]): Record<string, string> {
  return Object.fromEntries(
    items.map(({ event, in_app, mail }) => {
      const places = [in_app ? "app" : "", mail ? "mail" : ""].filter(Boolean);
      return [event, places.join(" and ") || "nowhere"];
    }),
  );
}
