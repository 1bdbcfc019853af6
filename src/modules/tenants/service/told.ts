import { record } from "@/modules/audit";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import type { StoredTenant } from "../queries/tenants";

type Noted = Record<string, string | number | null>;

/** The audit row and the event of a write on a tenant, in its transaction. */
export async function toldOfTenant(
  tx: TxCtx,
  name: `tenant.${string}`,
  before: StoredTenant | null,
  after: StoredTenant,
  noted: Noted = {},
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "tenant", id: after.id },
    customerId: after.customer_id,
    before,
    after: { ...after, ...noted },
  });
  await emit(tx, {
    name,
    payload: {
      tenant_id: after.id,
      customer_id: after.customer_id,
      name: after.name,
      subdomain: after.subdomain,
      ...noted,
    },
  });
}
