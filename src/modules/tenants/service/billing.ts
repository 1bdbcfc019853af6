import { getVisibleCustomer } from "@/modules/customers";
import { settings } from "@/modules/settings";
import {
  getSubscription,
  listCustomerSubscriptions,
} from "@/modules/subscriptions";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import { findLiveJobs } from "../queries/jobs";
import {
  findTenantIds,
  lockTenant,
  updateTenant,
  type StoredTenant,
} from "../queries/tenants";
import { startJob } from "./start";
import { startTermination } from "./terminate";

const day = 24 * 60 * 60;

/** What billing says of a tenant now. */
type Verdict =
  | { isOpen: true; subscriptionId: string | null }
  | { isOpen: false; reason: string; endedAt: Date | null };

/**
 * Have a tenant follow what its customer has paid for: suspended while its subscription gives no
 * access or its customer is suspended, back when that is over, and with a day on which it is
 * deleted once its subscription has ended. What staff suspended, they take back. While a job runs
 * nothing happens: its end asks again.
 */
export async function followBilling(tx: TxCtx, id: string): Promise<void> {
  const tenant = await lockTenant(tx, id, null);
  if (!tenant || !["active", "suspended"].includes(tenant.status)) return;
  if ((await findLiveJobs(tx, [id])).size > 0) return;
  const verdict = await verdictOn(tx, tenant);
  if (verdict.isOpen) return open(tx, tenant, verdict.subscriptionId);
  const terminate_at = await endOf(tx, verdict.endedAt);
  if (tenant.status === "active") {
    const after = await updateTenant(tx, id, {
      ...{ status: "suspended", suspended_by: "billing", terminate_at },
      ...{ suspended_at: tx.now(), suspend_reason: verdict.reason },
    });
    await startJob(tx, "suspend", {}, tenant, after);
  } else if (
    tenant.suspended_by === "billing" &&
    (terminate_at?.toISOString() ?? null) !== tenant.terminate_at
  )
    await updateTenant(tx, id, { terminate_at });
}

/** The same for all tenants of a customer, or of a subscription. */
export async function followBillingOf(
  tx: TxCtx,
  whose: { customerId?: string; subscriptionId?: string },
): Promise<void> {
  const ids = await findTenantIds(tx, {
    ...whose,
    statuses: ["active", "suspended"],
  });
  for (const id of ids) await followBilling(tx, id);
}

/** Look at all tenants, for what no event told of, and delete those whose day has come. */
export async function watchTenants(ctx: Ctx): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const ids: string[] = await findTenantIds(ctx, {
      statuses: ["active", "suspended"],
      ...(after && { after }),
    });
    for (const id of ids) await transaction(ctx, (tx) => followBilling(tx, id));
    after = ids.at(-1);
    if (ids.length < 100) break;
  }
  const due = await findTenantIds(ctx, {
    statuses: ["suspended"],
    isDue: true,
  });
  for (const id of due)
    await transaction(ctx, async (tx) => {
      const tenant = await lockTenant(tx, id, null);
      if (!tenant?.terminate_at || tenant.status !== "suspended") return;
      if (new Date(tenant.terminate_at) > tx.now()) return;
      if ((await findLiveJobs(tx, [id])).size > 0) return;
      await startTermination(tx, tenant);
    });
}

async function open(
  tx: TxCtx,
  tenant: StoredTenant,
  subscriptionId: string | null,
): Promise<void> {
  const isOther = subscriptionId !== tenant.subscription_id;
  const after = isOther
    ? await updateTenant(tx, tenant.id, {
        subscription_id: subscriptionId && toUuid(subscriptionId),
      })
    : tenant;
  if (tenant.status === "suspended" && tenant.suspended_by === "billing")
    await startJob(tx, "unsuspend", {}, tenant, after);
}

async function verdictOn(
  tx: TxCtx,
  { customer_id, subscription_id }: StoredTenant,
): Promise<Verdict> {
  const reader: Ctx = { ...tx, actor: { kind: "system", name: "tenants" } };
  const customer = await getVisibleCustomer(reader, customer_id);
  if (customer.status === "suspended" || customer.status === "archived")
    return {
      isOpen: false,
      reason: `The account is ${customer.status}`,
      endedAt: null,
    };
  if (!subscription_id) return { isOpen: true, subscriptionId: null };
  const mine = await getSubscription(reader, subscription_id);
  if (mine.has_access) return { isOpen: true, subscriptionId: subscription_id };
  // Who has subscribed anew has the tenant back.
  if (mine.ended_at) {
    const other = await subscriptionWithAccess(reader, customer_id);
    if (other) return { isOpen: true, subscriptionId: other };
  }
  return {
    isOpen: false,
    reason: `The subscription is ${mine.status.replaceAll("_", " ")}`,
    endedAt: mine.ended_at ? new Date(mine.ended_at) : null,
  };
}

/** The subscription that gives a customer access now; null when none does. */
export async function subscriptionWithAccess(
  ctx: Ctx,
  customerId: string,
): Promise<string | null> {
  const reader: Ctx = { ...ctx, actor: { kind: "system", name: "tenants" } };
  const { items } = await listCustomerSubscriptions(reader, customerId, {
    per_page: 100,
  });
  return items.findLast(({ has_access }) => has_access)?.id ?? null;
}

async function endOf(tx: TxCtx, endedAt: Date | null): Promise<Date | null> {
  const { terminate_after_days: days } = (await settings(tx)).tenants;
  return endedAt && days !== null ? addSeconds(endedAt, days * day) : null;
}
