import { customerBlockers } from "@/http/blockers";
import { alertsJobs } from "@/modules/alerts";
import { auditJobs } from "@/modules/audit";
import { backupsJobs } from "@/modules/backups";
import { batchesJobs } from "@/modules/batches";
import { identityJobs } from "@/modules/identity";
import { invoicesJobs } from "@/modules/invoices";
import { licensesJobs } from "@/modules/licenses";
import { limitsJobs } from "@/modules/limits";
import { notificationsJobs } from "@/modules/notifications/jobs";
import { paymentsJobs } from "@/modules/payments";
import { privacyJobs } from "@/modules/privacy";
import { subscriptionsJobs } from "@/modules/subscriptions";
import { supportJobs } from "@/modules/support";
import { tenantsJobs } from "@/modules/tenants";
import { usageJobs } from "@/modules/usage";
import { idempotencyJobs } from "@/platform/idempotency";
import type { ModuleJobs } from "@/platform/jobs";

/** The jobs of every module, for the worker. */
export const moduleJobs: ModuleJobs[] = [
  alertsJobs,
  auditJobs,
  backupsJobs,
  batchesJobs(customerBlockers),
  idempotencyJobs,
  identityJobs,
  invoicesJobs,
  licensesJobs,
  limitsJobs,
  notificationsJobs,
  paymentsJobs,
  privacyJobs,
  subscriptionsJobs,
  supportJobs,
  tenantsJobs,
  usageJobs,
];
