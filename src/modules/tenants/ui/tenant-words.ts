import type { Tenant, TenantBackup, TenantStep } from "../contract";

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
