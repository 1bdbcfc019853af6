import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { FlagParam } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";
import { noticeEvents, type NoticeName } from "./contract/events";

export { noticeEvents, noticeNames, type NoticeName } from "./contract/events";

const NoticeEventName = z.enum(
  Object.keys(noticeEvents) as [NoticeName, ...NoticeName[]], // Safe: its own keys, of which there are some.
);

/** Something that a person should know, in their language. */
export const Notification = z
  .object({
    id: idOf("ntf"),
    event: z.string(),
    title: z.string(),
    body: z.string(),
    href: z.string().nullable().meta({
      description: "a path of this app that shows what it is about",
    }),
    read_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Notification" });
export type Notification = z.output<typeof Notification>;

export const NotificationQuery = z.strictObject({
  ...cursorFields(idOf("ntf")),
  unread: FlagParam.optional().meta({ description: "true: unread ones only" }),
});
export type NotificationQuery = z.input<typeof NotificationQuery>;

const Unread = z.number().int().meta({ description: "counted to a hundred" });

export const NotificationPage = cursorPageOf(Notification).extend({
  unread: Unread,
});
export type NotificationPage = z.output<typeof NotificationPage>;

/** Where a person wants to be told of an event. */
export const NotificationPreference = z
  .object({
    event: NoticeEventName,
    group: z.enum([
      "security",
      "usage",
      "billing",
      "support",
      "tenants",
      "team",
    ]),
    label: z.string(),
    description: z.string(),
    in_app: z.boolean(),
    mail: z.boolean(),
    is_mail_fixed: z.boolean().meta({
      description: "true: this mail cannot be switched off",
    }),
  })
  .meta({ id: "NotificationPreference" });
export type NotificationPreference = z.output<typeof NotificationPreference>;

const Preferences = z.object({ items: z.array(NotificationPreference) });

export const PreferencesInput = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          event: NoticeEventName,
          in_app: z.boolean(),
          mail: z.boolean(),
        }),
      )
      .min(1)
      .max(50)
      .refine(
        (items) =>
          new Set(items.map(({ event }) => event)).size === items.length,
        { error: "must name each event once" },
      ),
  })
  .meta({ id: "NotificationPreferencesInput" });
export type PreferencesInput = z.output<typeof PreferencesInput>;

const audience = { audience: ["staff", "customer"] } as const;

export const notificationsApi = {
  list: endpoint({
    id: "notifications.list",
    method: "GET",
    path: "/v1/notifications",
    summary: "List one's own notifications, newest first",
    ...audience,
    query: NotificationQuery,
    response: NotificationPage,
  }),
  read: endpoint({
    id: "notifications.read",
    method: "POST",
    path: "/v1/notifications/{notification_id}/read",
    summary: "Mark a notification as read",
    ...audience,
    params: z.object({ notification_id: idOf("ntf") }),
    response: Notification,
    errors: ["NOT_FOUND"],
  }),
  readAll: endpoint({
    id: "notifications.readAll",
    method: "POST",
    path: "/v1/notifications/read",
    summary: "Mark all of one's notifications as read",
    ...audience,
    response: z.object({ read: z.number().int() }),
  }),
  preferences: endpoint({
    id: "notifications.preferences",
    method: "GET",
    path: "/v1/notification-preferences",
    summary: "Get where one wants to be told of what",
    ...audience,
    response: Preferences,
  }),
  setPreferences: endpoint({
    id: "notifications.setPreferences",
    method: "PUT",
    path: "/v1/notification-preferences",
    summary: "Choose where one wants to be told; events left out stay",
    ...audience,
    body: PreferencesInput,
    response: Preferences,
    example: {
      items: [{ event: "session.opened", in_app: false, mail: true }],
    },
  }),
};
