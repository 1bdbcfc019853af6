import type { Metadata } from "next";
import { CompanyForm } from "@/modules/settings/ui/company-form";
import { PortalForm } from "@/modules/settings/ui/portal-form";
import { loadSettings } from "./load";

export const metadata: Metadata = { title: "Settings" };

/** Who sells, and how what customers see looks. */
export default async function SettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return (
    <>
      <CompanyForm company={settings.company} mayWrite={mayWrite} />
      <PortalForm portal={settings.portal} mayWrite={mayWrite} />
    </>
  );
}
