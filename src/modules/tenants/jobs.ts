import type { Listener, ModuleJobs } from "@/platform/jobs";
import { actionsOf } from "./plan-of-job";
import { followBillingOf, watchTenants } from "./service/billing";
import { tellOwners, tellStaff } from "./service/notices";
import { resumeTenantJobs, runTenantJob } from "./service/run";
import { keepBackups, measureTenants } from "./service/schedule";
import { tenantJobTask } from "./service/start";

// What changes whether a subscription gives access; a new one may bring back what another one had.
const changesOfAccess = [
  ...["activated", "created", "reactivated", "unpaused", "changed"],
  ...["access_ended", "past_due", "paused", "unpaid", "canceled", "expired"],
  ...["trial_ended", "renewed"],
];

const toldToOwners = [
  "tenant.provisioned",
  "tenant.provisioning_failed",
  "tenant.suspended",
  "tenant.deleted",
] as const;

export const tenantsJobs: ModuleJobs = {
  tasks: [
    {
      name: tenantJobTask,
      isSlow: true,
      run: (ctx, payload) => runTenantJob(ctx, String(payload["id"])),
    },
  ],
  timers: [
    {
      name: "tenants_resume",
      cron: "* * * * *",
      atStart: true,
      run: resumeTenantJobs,
    },
    { name: "tenants_watch", cron: "*/10 * * * *", run: watchTenants },
    {
      name: "tenants_backups",
      cron: "8,23,38,53 * * * *",
      isSlow: true,
      run: keepBackups,
    },
    {
      name: "tenants_measure",
      cron: "41 * * * *",
      isSlow: true,
      run: measureTenants,
    },
  ],
  listeners: [
    ...toldToOwners.map((on): Listener => ({
      on,
      run: (tx, payload, cause) => tellOwners(tx, on, payload, cause),
    })),
    ...Object.values(actionsOf).map(({ failed }): Listener => ({
      on: failed,
      run: tellStaff,
    })),
    ...changesOfAccess.map((name): Listener => ({
      on: `subscription.${name}`,
      run: (tx, payload) =>
        followBillingOf(tx, { customerId: String(payload["customer_id"]) }),
    })),
    ...["status_changed", "activated"].map((name): Listener => ({
      on: `customer.${name}`,
      run: (tx, payload) =>
        followBillingOf(tx, { customerId: String(payload["customer_id"]) }),
    })),
  ],
};
