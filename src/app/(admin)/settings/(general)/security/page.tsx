import type { Metadata } from "next";
import { SecurityForm } from "@/modules/settings/ui/security-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Security settings" };

/** Rules for everybody who signs in. */
export default async function SecuritySettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return <SecurityForm security={settings.security} mayWrite={mayWrite} />;
}
