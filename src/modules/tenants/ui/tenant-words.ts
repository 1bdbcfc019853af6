import type { JobKind, Tenant, TenantBackup, TenantStep } from "../contract";

export const jobWords: Record<JobKind, { doing: string; done: string }> = {
  provision: { doing: "Being made", done: "Made" },
  adopt: { doing: "Being taken over", done: "Taken over" },
  install_module: { doing: "Installing", done: "Installed" },
  uninstall_module: { doing: "Uninstalling", done: "Uninstalled" },
  backup: { doing: "Backing up", done: "Backed up" },
  restore: { doing: "Restoring", done: "Restored" },
  suspend: { doing: "Closing", done: "Suspended" },
  unsuspend: { doing: "Opening again", done: "Taken back" },
  terminate: { doing: "Being deleted", done: "Deleted" },
};

const stepWords: Record<string, string> = {
  claim: "Claim its name",
  create: "Make its database",
  install_modules: "Install its first modules",
  find: "Find it",
  install_module: "Install the module",
  uninstall_module: "Uninstall the module",
  safety_backup: "Back up what is there now",
  backup: "Copy its data",
  restore: "Put the backup in its place",
  suspend: "Close it to visitors",
  unsuspend: "Open it to visitors",
  drop: "Delete its data",
  look: "Read its modules and size",
};

/** What a step does, as people read it. */
export function stepText({ name }: TenantStep): string {
  return stepWords[name] ?? name;
}

const backupWords: Record<TenantBackup["kind"], string> = {
  manual: "By hand",
  scheduled: "By schedule",
  before_restore: "Before a restore",
  final: "Before the deletion",
};

export function backupText({ kind }: TenantBackup): string {
  return backupWords[kind];
}

/** The address without its scheme, or the subdomain while there is none. */
export function addressText({ url, subdomain }: Tenant): string {
  return url ? url.replace("https://", "") : subdomain;
}
