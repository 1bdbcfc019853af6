import type { Metadata } from "next";
import { InboxPage, type InboxPageProps } from "@/app/inbox-page";
import { staffCtx } from "@/http/page";

export const metadata: Metadata = { title: "Notifications" };

/** One's own notifications. */
export default async function NotificationsPage({
  searchParams,
}: Pick<InboxPageProps, "searchParams">) {
  const ctx = await staffCtx();
  return (
    <InboxPage ctx={ctx} path="/notifications" searchParams={searchParams} />
  );
}
