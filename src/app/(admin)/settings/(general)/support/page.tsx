import type { Metadata } from "next";
import { loadPlanOptions } from "@/app/(admin)/licenses/plan-options";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { SupportForm } from "@/modules/settings/ui/support-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Support settings" };

/** How soon tickets are answered, by plan. */
export default async function SupportSettingsPage() {
  const ctx = await staffCtx();
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  const plans = await shown(ctx, loadPlanOptions(ctx));
  return (
    <SupportForm support={settings.support} plans={plans} mayWrite={mayWrite} />
  );
}
