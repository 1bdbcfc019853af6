import type { Metadata } from "next";
import { SubscriptionsForm } from "@/modules/settings/ui/subscriptions-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Subscription settings" };

/** What becomes of subscriptions that are not paid, and when people are told. */
export default async function SubscriptionSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return (
    <SubscriptionsForm
      subscriptions={settings.subscriptions}
      mayWrite={mayWrite}
    />
  );
}
