import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { getSystem } from "@/modules/operations";
import { SystemScreen } from "@/modules/operations/ui/system-screen";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "System" };

/** How this installation stands: jobs, workers, the database, versions. */
export default async function SystemPage() {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "settings:read"))
    return (
      <>
        <PageHeader title="System" />
        <NotAllowed
          act="see the system"
          roles={rolesThatMay("settings:read")}
          permission="settings:read"
        />
      </>
    );
  const system = await shown(ctx, getSystem(ctx));
  return (
    <>
      <PageHeader
        title="System"
        description="How this installation stands: its jobs, workers, database and versions."
      />
      <SystemScreen
        system={system}
        mayWrite={may(ctx.actor, "settings:write")}
      />
    </>
  );
}
