import type { Metadata } from "next";
import { AccessForm } from "@/modules/settings/ui/access-form";
import { LimitsForm } from "@/modules/settings/ui/limits-form";
import { RetentionForm } from "@/modules/settings/ui/retention-form";
import { RetentionCard } from "@/modules/usage/ui/retention-card";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Limits and retention" };

/** What the access check does without its database, how much of the API one caller may use, and how long events are kept. */
export default async function LimitSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return (
    <>
      <AccessForm access={settings.access} mayWrite={mayWrite} />
      <LimitsForm limits={settings.limits} mayWrite={mayWrite} />
      <RetentionForm retention={settings.retention} mayWrite={mayWrite} />
      {mayWrite ? <RetentionCard /> : null}
    </>
  );
}
