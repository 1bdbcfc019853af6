import type { Metadata } from "next";
import { CompanyForm } from "@/modules/settings/ui/company-form";
import { loadSettings } from "./load";

export const metadata: Metadata = { title: "Settings" };

/** Who sells. */
export default async function SettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return <CompanyForm company={settings.company} mayWrite={mayWrite} />;
}
