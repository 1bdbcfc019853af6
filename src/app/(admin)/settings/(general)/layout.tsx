import type { ReactNode } from "react";
import { staffCtx } from "@/http/page";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { may } from "@/platform/context";
import { Callout } from "@/ui/display/callout";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { Tabs } from "@/ui/display/tabs";

/** The head of the settings of this installation, over its sections. */
export default async function SettingsLayout({
  children,
}: {
  children: ReactNode;
}) {
  const { actor } = await staffCtx();
  if (!may(actor, "settings:read"))
    return (
      <>
        <PageHeader title="Settings" />
        <NotAllowed
          act="see settings"
          roles={rolesThatMay("settings:read")}
          permission="settings:read"
        />
      </>
    );
  return (
    <>
      <PageHeader title="Settings" />
      <Tabs
        label="Sections of the settings"
        tabs={[
          { label: "General", href: "/settings" },
          { label: "Portal", href: "/settings/portal" },
          { label: "Billing", href: "/settings/billing" },
          { label: "Subscriptions", href: "/settings/subscriptions" },
          { label: "Licenses", href: "/settings/licenses" },
          { label: "Support", href: "/settings/support" },
          { label: "Tenants", href: "/settings/tenants" },
          { label: "Security", href: "/settings/security" },
          { label: "Default limits", href: "/settings/defaults" },
          { label: "Limits", href: "/settings/limits" },
          { label: "Integrations", href: "/settings/integrations" },
        ]}
      />
      {may(actor, "settings:write") ? null : (
        <Callout>
          {`You can read these settings. Changing them needs the role ${rolesThatMay("settings:write")}.`}
        </Callout>
      )}
      {children}
    </>
  );
}
