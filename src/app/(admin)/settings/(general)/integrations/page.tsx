import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listIntegrations } from "@/modules/settings";
import { IntegrationList } from "@/modules/settings/ui/integration-list";
import { may } from "@/platform/context";

export const metadata: Metadata = { title: "Integrations" };

/** The optional parts of this installation: on or off, and how to turn each on. */
export default async function IntegrationsPage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "settings:read")) return null;
  const integrations = await shown(ctx, listIntegrations(ctx));
  return <IntegrationList integrations={integrations} />;
}
