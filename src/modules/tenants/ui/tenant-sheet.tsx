import { RefreshEvery } from "@/client/refresh-every";
import type {
  Tenant,
  TenantBackup,
  TenantJob,
  TenantLog,
  TenantModule,
} from "../contract";
import { BackupsCard } from "./backups-card";
import { JobCard } from "./job-card";
import { LogCard } from "./log-card";
import { ModulesCard } from "./modules-card";
import { TenantDetails } from "./tenant-details";
import { TenantNotice } from "./tenant-notice";

export type TenantSheetProps = {
  tenant: Tenant;
  jobs: readonly TenantJob[];
  modules: readonly TenantModule[];
  backups: readonly TenantBackup[];
  log: readonly TenantLog[];
  mayInstall: boolean;
  mayBackUp: boolean;
  mayTake: boolean;
  isOwn?: boolean;
};

/** All of a tenant; what is under way is followed. */
export function TenantSheet({
  tenant,
  jobs,
  modules,
  backups,
  log,
  mayInstall,
  mayBackUp,
  mayTake,
  isOwn = false,
}: TenantSheetProps) {
  const last = jobs[0];
  const isTold =
    last && (last.finished_at === null || last.status === "failed");
  return (
    <>
      {tenant.job ? <RefreshEvery seconds={1} /> : null}
      <TenantNotice tenant={tenant} />
      {isTold ? <JobCard job={last} /> : null}
      <TenantDetails tenant={tenant} isOwn={isOwn} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ModulesCard {...{ tenant, modules }} mayWrite={mayInstall} />
        <BackupsCard {...{ tenant, backups, mayTake }} mayWrite={mayBackUp} />
      </div>
      <LogCard entries={log} />
    </>
  );
}
