import type { Metadata } from "next";
import { LicensesForm } from "@/modules/settings/ui/licenses-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "License settings" };

/** What becomes of licenses. */
export default async function LicenseSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return <LicensesForm licenses={settings.licenses} mayWrite={mayWrite} />;
}
