import type { JobKind } from "./contract";

export type StepName =
  | "claim"
  | "create"
  | "install_modules"
  | "find"
  | "install_module"
  | "uninstall_module"
  | "safety_backup"
  | "backup"
  | "restore"
  | "suspend"
  | "unsuspend"
  | "drop"
  | "look";

/** The steps of each kind of job, in order. `look` reads back what the driver has then. */
export const stepsOf: Record<JobKind, readonly StepName[]> = {
  provision: ["claim", "create", "install_modules", "look"],
  adopt: ["find", "look"],
  install_module: ["install_module", "look"],
  uninstall_module: ["uninstall_module", "look"],
  backup: ["backup"],
  restore: ["safety_backup", "restore", "look"],
  suspend: ["suspend"],
  unsuspend: ["unsuspend", "look"],
  terminate: ["safety_backup", "drop"],
};

/** Steps that a job does without when they fail for good. */
export const dispensable: ReadonlySet<string> = new Set<StepName>(["look"]);

/** Jobs that are tried until they work: what is shown of a tenant is so already. */
export const endless: ReadonlySet<string> = new Set<JobKind>([
  "suspend",
  "unsuspend",
]);

/** How each kind of job is written down: asked for, done, failed. */
export const actionsOf: Record<
  JobKind,
  {
    asked: `tenant.${string}`;
    done: `tenant.${string}`;
    failed: `tenant.${string}`;
  }
> = {
  provision: {
    asked: "tenant.created",
    done: "tenant.provisioned",
    failed: "tenant.provisioning_failed",
  },
  adopt: {
    asked: "tenant.adopted",
    done: "tenant.adoption_done",
    failed: "tenant.adoption_failed",
  },
  install_module: {
    asked: "tenant.module_requested",
    done: "tenant.module_installed",
    failed: "tenant.module_failed",
  },
  uninstall_module: {
    asked: "tenant.module_removal_requested",
    done: "tenant.module_uninstalled",
    failed: "tenant.module_removal_failed",
  },
  backup: {
    asked: "tenant.backup_requested",
    done: "tenant.backed_up",
    failed: "tenant.backup_failed",
  },
  restore: {
    asked: "tenant.restore_requested",
    done: "tenant.restored",
    failed: "tenant.restore_failed",
  },
  suspend: {
    asked: "tenant.suspended",
    done: "tenant.suspension_done",
    failed: "tenant.suspension_failed",
  },
  unsuspend: {
    asked: "tenant.unsuspension_requested",
    done: "tenant.unsuspended",
    failed: "tenant.unsuspension_failed",
  },
  terminate: {
    asked: "tenant.deletion_requested",
    done: "tenant.deleted",
    failed: "tenant.deletion_failed",
  },
};
