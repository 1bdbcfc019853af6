import * as z from "zod";
import { idOf } from "@/shared/ids";

export const tenantStatuses = [
  "provisioning",
  "active",
  "suspended",
  "failed",
  "deleting",
  "deleted",
] as const;
export const TenantStatus = z.enum(tenantStatuses);
export type TenantStatus = z.output<typeof TenantStatus>;

export const driverNames = ["sandbox", "odoo", "webhook"] as const;
export type DriverName = (typeof driverNames)[number];

export const jobKinds = [
  "provision",
  "adopt",
  "install_module",
  "uninstall_module",
  "backup",
  "restore",
  "suspend",
  "unsuspend",
  "terminate",
] as const;
export type JobKind = (typeof jobKinds)[number];

export const jobStatuses = [
  "waiting",
  "running",
  "compensating",
  "succeeded",
  "failed",
] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const stepStatuses = [
  "waiting",
  "running",
  "done",
  "skipped",
  "failed",
  "undone",
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const backupKinds = [
  "manual",
  "scheduled",
  "before_restore",
  "final",
] as const;
export type BackupKind = (typeof backupKinds)[number];

const at = z.iso.datetime();
const bytes = z.number().int();

export const TenantStep = z.object({
  name: z.string(),
  status: z.enum(stepStatuses),
  attempts: z.number().int(),
  error: z.string().nullable(),
  progress: z.number().int().nullable().meta({
    description: "per cent, where a provisioner says it",
  }),
  message: z.string().nullable().meta({
    description: "what it is at, in a provisioner’s words",
  }),
  started_at: at.nullable(),
  finished_at: at.nullable(),
});
export type TenantStep = z.output<typeof TenantStep>;

/** Work on a tenant: its steps are done in order, and undone in reverse when one fails for good. */
export const TenantJob = z
  .object({
    id: idOf("tjb"),
    tenant_id: idOf("tnt"),
    kind: z.enum(jobKinds),
    status: z.enum(jobStatuses).meta({
      description:
        "compensating: a step failed for good, and what was done is undone",
    }),
    subject: z.string().nullable().meta({
      description: "what it is about: a module's name, or a backup's id",
    }),
    error: z.string().nullable(),
    steps: z.array(TenantStep),
    steps_done: z.number().int(),
    next_attempt_at: at.nullable(),
    started_at: at.nullable(),
    finished_at: at.nullable(),
    created_at: at,
  })
  .meta({ id: "TenantJob" });
export type TenantJob = z.output<typeof TenantJob>;

const words = {
  lives: "what it lives with: it is suspended while that gives no access",
  over: "which limits of the plan it is past: users, storage",
  limit: "what the plan allows; null: any number",
};

const use = z.object({
  used: z.number().nullable().meta({ description: "null: not measured yet" }),
  limit: z.number().nullable().meta({ description: words.limit }),
});

/** An instance that is kept for a customer. */
export const Tenant = z
  .object({
    id: idOf("tnt"),
    customer_id: idOf("cus"),
    customer_name: z.string(),
    subscription_id: idOf("sub").nullable().meta({ description: words.lives }),
    name: z.string(),
    subdomain: z.string().meta({ example: "acme" }),
    url: z.string().nullable().meta({
      description: "null while no domain for tenants is set",
    }),
    status: TenantStatus,
    driver: z.enum(driverNames),
    ref: z.string().meta({ description: "what the driver knows it by" }),
    admin_email: z.string(),
    is_adopted: z.boolean(),
    version: z.string().nullable(),
    usage: z.object({
      users: use,
      storage_bytes: use,
      measured_at: at.nullable(),
    }),
    over_limits: z.array(z.enum(["users", "storage"])).meta({
      description: words.over,
    }),
    suspended_by: z.enum(["staff", "billing"]).nullable(),
    suspended_at: at.nullable(),
    suspend_reason: z.string().nullable(),
    terminate_at: at.nullable().meta({
      description: "when it is deleted unless its subscription comes back",
    }),
    job: TenantJob.nullable().meta({ description: "what is under way" }),
    metadata: z.record(z.string(), z.unknown()),
    ready_at: at.nullable(),
    deleted_at: at.nullable(),
    created_at: at,
    updated_at: at,
  })
  .meta({ id: "Tenant" });
export type Tenant = z.output<typeof Tenant>;

export const TenantModule = z
  .object({
    name: z.string(),
    title: z.string(),
    summary: z.string(),
    version: z.string().nullable(),
    is_installed: z.boolean(),
    depends_on: z.array(z.string()),
  })
  .meta({ id: "TenantModule" });
export type TenantModule = z.output<typeof TenantModule>;

/** A copy of a tenant that it can be brought back to. */
export const TenantBackup = z
  .object({
    id: idOf("tbk"),
    tenant_id: idOf("tnt"),
    kind: z.enum(backupKinds).meta({
      description: "final: made before the tenant was deleted",
    }),
    status: z.enum(["running", "ready", "failed", "deleted"]),
    bytes: bytes.nullable(),
    ready_at: at.nullable(),
    expires_at: at.nullable().meta({ description: "when it is deleted" }),
    created_at: at,
  })
  .meta({ id: "TenantBackup" });
export type TenantBackup = z.output<typeof TenantBackup>;

export const TenantLog = z
  .object({
    id: idOf("tlg"),
    level: z.enum(["info", "warning", "error"]),
    source: z.string(),
    message: z.string(),
    created_at: at,
  })
  .meta({ id: "TenantLog" });
export type TenantLog = z.output<typeof TenantLog>;
