import type { Metadata } from "next";
import { ClosingForm } from "@/modules/settings/ui/closing-form";
import { PortalForm } from "@/modules/settings/ui/portal-form";
import { SelfServiceForm } from "@/modules/settings/ui/self-service-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Portal settings" };

/** How what customers see looks, and what they do by themselves. */
export default async function PortalSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return (
    <>
      <PortalForm portal={settings.portal} mayWrite={mayWrite} />
      <SelfServiceForm
        selfService={settings.self_service}
        mayWrite={mayWrite}
      />
      <ClosingForm closing={settings.closing} mayWrite={mayWrite} />
    </>
  );
}
