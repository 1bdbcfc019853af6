"use client";

import { Bell, Check, ShieldAlert } from "lucide-react";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { IconButton } from "@/ui/controls/icon-button";
import { Link } from "@/ui/controls/link";
import { Time } from "@/ui/display/time";
import { notificationsApi, type Notification } from "../contract";

const security =
  /^(password|session|two_factor|recovery_code|external_login)\./;

/** What happened, when, and whether one has read it. */
export function InboxEntry({
  notification,
  isViewed,
}: {
  notification: Notification;
  /** Staff look at it as the customer: it stays unread. */
  isViewed: boolean;
}) {
  const { id, event, title, body, href, read_at, created_at } = notification;
  const { isPending, act } = useAct();
  const params = { notification_id: id };
  const markRead = () =>
    act(() => call(notificationsApi.read, { params }), {
      failed: "It is still unread",
    });
  const isUnread = read_at === null;
  const Icon = security.test(event) ? ShieldAlert : Bell;
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <span
        className={`flex h-5 items-center ${isUnread ? "text-accent-text" : "text-ink-faint"}`}
      >
        <Icon aria-hidden className="icon" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2
            className={`min-w-0 text-sm wrap-anywhere ${isUnread ? "font-semibold" : "text-ink-muted"}`}
          >
            {isUnread ? <span className="sr-only">Unread: </span> : null}
            {href ? (
              <Link
                href={href}
                tone={isUnread ? "ink" : "muted"}
                className={isUnread ? "font-semibold" : ""}
                onClick={() => void (isUnread && !isViewed && markRead())}
              >
                {title}
              </Link>
            ) : (
              title
            )}
          </h2>
          <Time
            value={created_at}
            format="relative"
            className="text-xs text-ink-faint"
          />
        </div>
        <p className="text-sm wrap-anywhere text-ink-muted">{body}</p>
      </div>
      {isUnread && !isViewed ? (
        <IconButton
          label={`Mark “${title}” as read`}
          icon={<Check />}
          size="sm"
          placement="left"
          isPending={isPending}
          onPress={() => void markRead()}
        />
      ) : null}
    </li>
  );
}
