import { alertsJobs } from "@/modules/alerts";
import { auditJobs } from "@/modules/audit";
import { identityJobs } from "@/modules/identity";
import { limitsJobs } from "@/modules/limits";
import { notificationsJobs } from "@/modules/notifications/jobs";
import { usageJobs } from "@/modules/usage";
import { idempotencyJobs } from "@/platform/idempotency";
import type { ModuleJobs } from "@/platform/jobs";

/** The jobs of every module, for the worker. */
export const moduleJobs: ModuleJobs[] = [
  alertsJobs,
  auditJobs,
  idempotencyJobs,
  identityJobs,
  limitsJobs,
  notificationsJobs,
  usageJobs,
];
