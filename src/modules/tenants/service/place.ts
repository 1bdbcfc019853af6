import type { Ctx } from "@/platform/context";
import { seal, unseal } from "@/platform/seal";
import { driverOf } from "../drivers/drivers";
import type { Driver, Place } from "../driver";
import { findHidden, type StoredTenant } from "../queries/tenants";

const purpose = "tenant-admin";

/** The password of a tenant's first person, as it is kept. */
export function sealAdmin(tenantId: string, password: string) {
  return new Uint8Array(seal(purpose, Buffer.from(tenantId), password));
}

/** A tenant as its driver knows it, and the driver. */
export async function placeOf(
  ctx: Ctx,
  tenant: StoredTenant,
): Promise<{ place: Place; driver: Driver; logCursor: bigint }> {
  const { secret, logCursor } = await findHidden(ctx, tenant.id);
  const bound = Buffer.from(tenant.id);
  const place = {
    tenantId: tenant.id,
    subdomain: tenant.subdomain,
    ref: tenant.ref,
    name: tenant.name,
    adminEmail: tenant.admin_email,
    adminPassword: secret && unseal(purpose, bound, Buffer.from(secret)),
  };
  return { place, driver: driverOf(tenant.driver), logCursor };
}
