import { moduleJobs } from "@/jobs";
import type { Drain } from "@/modules/subscriptions";
import { drainJobs } from "@/platform/jobs";

/** Runs the jobs that wait for a customer's sake, of all modules. */
export const drainCustomer: Drain = (ctx, customerId) =>
  drainJobs(ctx, moduleJobs, customerId);
