"use client";

import { CheckCheck, Settings2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { Callout } from "@/ui/display/callout";
import { Card } from "@/ui/display/card";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { Tabs } from "@/ui/display/tabs";
import {
  notificationsApi,
  type Notification,
  type NotificationPage,
} from "../contract";
import { InboxEntry } from "./inbox-entry";

export type InboxListProps = {
  /** The newest page of the inbox. */
  first: NotificationPage;
  /** Where the inbox is: "/notifications". */
  path: string;
  /** Whether the address asks for unread ones only. */
  unreadOnly: boolean;
  /** Staff look at it as the customer, and leave it as it is. */
  isViewed: boolean;
};

/** One's notifications, newest first; older ones come on demand. */
export function InboxList({
  first,
  path,
  unreadOnly,
  isViewed,
}: InboxListProps) {
  const router = useRouter();
  const { older, next, load } = useOlder(first, unreadOnly);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  async function attempt(work: () => Promise<unknown>) {
    setPending(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  const markAll = () =>
    attempt(async () => {
      await call(notificationsApi.readAll, {});
      router.refresh();
    });
  const items = [...first.items, ...older];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Tabs
          label="Which notifications"
          current={unreadOnly ? `${path}?unread=true` : path}
          tabs={[
            { label: "All", href: path },
            {
              label: "Unread",
              href: `${path}?unread=true`,
              count: first.unread,
            },
          ]}
        />
        {isViewed ? null : (
          <div className="flex flex-wrap gap-2">
            <LinkButton href={`${path}/preferences`} icon={<Settings2 />}>
              Preferences
            </LinkButton>
            {first.unread > 0 ? (
              <Button
                icon={<CheckCheck />}
                isPending={isPending}
                onPress={() => void markAll()}
              >
                Mark all as read
              </Button>
            ) : null}
          </div>
        )}
      </div>
      {failure ? (
        <Callout tone="danger" title="That did not work" isAlert>
          {failure}
        </Callout>
      ) : null}
      <Card flush>
        {items.length > 0 ? (
          <ul className="divide-y">
            {items.map((item) => (
              <InboxEntry
                key={item.id}
                notification={item}
                isViewed={isViewed}
              />
            ))}
          </ul>
        ) : (
          <Empty path={path} unreadOnly={unreadOnly} />
        )}
        {next ? (
          <div className="flex justify-center border-t p-3">
            <Button
              isPending={isPending}
              onPress={() => void attempt(() => load(next))}
            >
              Load more
            </Button>
          </div>
        ) : null}
      </Card>
    </>
  );
}

/** The pages after the first, as they were asked for. */
function useOlder(first: NotificationPage, unreadOnly: boolean) {
  const [older, setOlder] = useState<Notification[]>([]);
  const [next, setNext] = useState(first.next_cursor);
  const [based, setBased] = useState(first);
  // The server has sent the first page anew: what was read of the rest is out of date.
  if (based !== first) {
    setBased(first);
    setOlder([]);
    setNext(first.next_cursor);
  }
  async function load(cursor: string) {
    const query = { cursor, ...(unreadOnly && { unread: true }) };
    const page = await call(notificationsApi.list, { query });
    setOlder((known) => [...known, ...page.items]);
    setNext(page.next_cursor);
  }
  return { older, next, load };
}

function Empty({ path, unreadOnly }: { path: string; unreadOnly: boolean }) {
  if (unreadOnly)
    return (
      <NoMatch
        title="All read"
        description="There is nothing that you have not read."
        action={<LinkButton href={path}>Show all</LinkButton>}
      />
    );
  return (
    <EmptyState
      title="No notifications yet"
      description="Sign-ins on new devices, changes to how you sign in, and who joins or leaves are told here."
    />
  );
}
