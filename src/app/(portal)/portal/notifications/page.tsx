import type { Metadata } from "next";
import { InboxPage, type InboxPageProps } from "@/app/inbox-page";
import { customerCtx } from "@/http/page";

export const metadata: Metadata = { title: "Notifications" };

/** One's own notifications. */
export default async function NotificationsPage({
  searchParams,
}: Pick<InboxPageProps, "searchParams">) {
  const ctx = await customerCtx();
  return (
    <InboxPage
      ctx={ctx}
      path="/portal/notifications"
      searchParams={searchParams}
    />
  );
}
