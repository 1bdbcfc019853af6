import type { Metadata } from "next";
import { TenantsForm } from "@/modules/settings/ui/tenants-form";
import { loadSettings } from "../load";

export const metadata: Metadata = { title: "Tenant settings" };

/** Where tenants are, how they are kept and when they go. */
export default async function TenantSettingsPage() {
  const loaded = await loadSettings();
  if (!loaded) return null;
  const { settings, mayWrite } = loaded;
  return <TenantsForm tenants={settings.tenants} mayWrite={mayWrite} />;
}
