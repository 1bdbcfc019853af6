import { auditJobs } from "@/modules/audit";
import { identityJobs } from "@/modules/identity";
import { limitsJobs } from "@/modules/limits";
import { usageJobs } from "@/modules/usage";
import type { ModuleJobs } from "@/platform/jobs";

/** The jobs of every module, for the worker. */
export const moduleJobs: ModuleJobs[] = [
  auditJobs,
  identityJobs,
  limitsJobs,
  usageJobs,
];
