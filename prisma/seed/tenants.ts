import { setCustomerFeatures } from "@/modules/limits";
import { createTenant } from "@/modules/tenants";
import type { Ctx } from "@/platform/context";

/** Let a customer have tenants, and give it the first; the worker makes its database. */
export async function addTenant(
  ctx: Ctx,
  customer_id: string,
  subdomain: string,
): Promise<void> {
  const allowed = { tenants: 2, tenant_users: 10, tenant_storage_gb: 5 };
  await setCustomerFeatures(ctx, customer_id, {
    features: Object.entries(allowed).map(([feature, value]) => ({
      ...{ feature, value },
      kind: "static" as const,
    })),
  });
  await createTenant(ctx, {
    ...{ customer_id, subdomain, name: "Production" },
    modules: ["sales", "invoicing"],
  });
}
