import { customerNames } from "@/modules/customers";
import { settings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import type { Tenant } from "../contract";
import { findLiveJobs } from "../queries/jobs";
import type { StoredTenant } from "../queries/tenants";
import { limitsOfAll, overLimits } from "./limits";

/** Tenants as they are answered, in as many reads however many there are. */
export async function shownAll(
  ctx: Ctx,
  tenants: StoredTenant[],
): Promise<Tenant[]> {
  const customers = [...new Set(tenants.map(({ customer_id }) => customer_id))];
  const [names, jobs, { tenants: ours }, limits] = await Promise.all([
    customerNames(ctx, customers),
    findLiveJobs(
      ctx,
      tenants.map(({ id }) => id),
    ),
    settings(ctx),
    limitsOfAll(ctx, customers),
  ]);
  return tenants.map(({ users, storage_bytes, measured_at, ...tenant }) => {
    const allowed = limits.get(tenant.customer_id) ?? nothingSaid;
    return {
      ...tenant,
      customer_name: names.get(tenant.customer_id) ?? "",
      url: urlOf(tenant.subdomain, ours.domain),
      usage: {
        users: { used: users, limit: allowed.users },
        storage_bytes: { used: storage_bytes, limit: allowed.storageBytes },
        measured_at,
      },
      over_limits: overLimits({ users, storage_bytes }, allowed),
      job: jobs.get(tenant.id) ?? null,
    };
  });
}

const nothingSaid = { tenants: undefined, users: null, storageBytes: null };

/** The same for one. */
export async function shown(ctx: Ctx, tenant: StoredTenant): Promise<Tenant> {
  const [one] = await shownAll(ctx, [tenant]);
  if (!one) throw new Error("Expected one tenant");
  return one;
}

/** Where a tenant is reached; null while no domain is set. */
export function urlOf(subdomain: string, domain: string | null): string | null {
  return domain && `https://${subdomain}.${domain}`;
}
