import type { Metadata } from "next";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { lastBackups } from "@/modules/backups";
import { BackupTrouble } from "@/modules/backups/ui/backup-trouble";
import { BackupsCard } from "@/modules/backups/ui/backups-card";
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
  const [system, backups] = await shown(
    ctx,
    Promise.all([getSystem(ctx), lastBackups(ctx)]),
  );
  return (
    <>
      <PageHeader
        title="System"
        description="How this installation stands: its jobs, workers, database, backups and versions."
      />
      <SystemScreen
        system={system}
        mayWrite={may(ctx.actor, "settings:write")}
        trouble={<BackupTrouble backups={backups} />}
      >
        <BackupsCard backups={backups} />
      </SystemScreen>
    </>
  );
}
