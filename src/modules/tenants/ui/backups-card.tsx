"use client";

import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { bytesText } from "@/ui/format/number";
import { tenantsApi, type Tenant, type TenantBackup } from "../contract";
import { backupText } from "./tenant-words";

export type BackupsCardProps = {
  tenant: Tenant;
  backups: readonly TenantBackup[];
  mayWrite: boolean;
  /** May have them as files. */
  mayTake: boolean;
};

/** The copies that a tenant can be brought back to. */
export function BackupsCard({
  tenant,
  backups,
  mayWrite,
  mayTake,
}: BackupsCardProps) {
  const { isPending, act } = useAct();
  const { open } = useDialogUrl();
  const isFree = mayWrite && tenant.status === "active" && !tenant.job;
  const params = { tenant_id: tenant.id };
  return (
    <Card
      title="Backups"
      actions={
        mayWrite && tenant.status === "active" ? (
          <Button
            size="sm"
            isDisabled={!isFree}
            isPending={isPending}
            onPress={() =>
              void act(() => call(tenantsApi.backup, { params }), {
                failed: "No backup was begun",
              })
            }
          >
            Back up now
          </Button>
        ) : null
      }
      flush
    >
      {backups.length === 0 ? (
        <p className="px-4 py-6 text-center text-sm text-ink-muted">
          None yet. Backups are made by schedule, by hand, and before anything
          is restored or deleted.
        </p>
      ) : (
        <ul className="divide-y">
          {backups.map((backup) => (
            <li
              key={backup.id}
              className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm"
            >
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  <Time value={backup.created_at} />
                  {backup.status === "ready" ? null : (
                    <StatusBadge status={backup.status} />
                  )}
                </p>
                <p className="text-xs text-ink-faint">
                  {backupText(backup)}
                  {backup.bytes === null ? "" : ` · ${bytesText(backup.bytes)}`}
                  {backup.expires_at ? (
                    <>
                      {" "}
                      · kept until{" "}
                      <Time value={backup.expires_at} format="date" />
                    </>
                  ) : null}
                </p>
              </div>
              {mayTake && backup.status === "ready" ? (
                <LinkButton
                  href={`/api/v1/tenants/${tenant.id}/backups/${backup.id}/file`}
                  prefetch={false}
                  size="sm"
                >
                  Download{" "}
                  <span className="sr-only">the backup {backup.id}</span>
                </LinkButton>
              ) : null}
              {isFree && backup.status === "ready" ? (
                <Button
                  size="sm"
                  onPress={() => void open("restore", { id: backup.id })}
                >
                  Restore…{" "}
                  <span className="sr-only">the backup {backup.id}</span>
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
