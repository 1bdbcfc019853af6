import type { Metadata } from "next";
import { PreferencesPage } from "@/app/inbox-page";
import { customerCtx } from "@/http/page";

export const metadata: Metadata = { title: "Notification preferences" };

/** Where one is told of what. */
export default async function NotificationPreferencesPage() {
  const ctx = await customerCtx();
  return <PreferencesPage ctx={ctx} path="/portal/notifications" />;
}
