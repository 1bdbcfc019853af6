import type { Metadata } from "next";
import { LimitsForm } from "@/modules/settings/ui/limits-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Limits of the API" };

/** How much of the app's own API one caller may use. */
export default async function LimitSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return <LimitsForm limits={settings.limits} mayWrite={mayWrite} />;
}
