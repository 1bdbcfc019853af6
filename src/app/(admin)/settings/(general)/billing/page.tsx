import type { Metadata } from "next";
import { BillingForm } from "@/modules/settings/ui/billing-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Billing settings" };

/** Who bills, and how. */
export default async function BillingSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return <BillingForm billing={settings.billing} mayWrite={mayWrite} />;
}
