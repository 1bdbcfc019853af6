import { cancelSubscription, openSubscription } from "@/modules/subscriptions";
import { addSeconds } from "@/shared/time";
import { useDatabase } from "../support/database";
import { plan } from "../support/things";
import { newTenant, runTenantTimer } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const { held, work, call, on, read, lastJob, databases, inside } =
  tenantsFixture(database);

/** A customer on trial of a plan with three tenants, and one of them. */
async function subscribed() {
  const customer = await held.w.customer();
  const subscription = await subscribe(customer.id);
  const { id } = await newTenant(held.w.ctx, { customer_id: customer.id });
  await work();
  return { customer, subscription, tenant: await read(id) };
}

async function subscribe(customer_id: string) {
  const { version } = await plan(held.w.ctx, {
    trial_days: 14,
    features: [
      { feature: "tenants", kind: "static", value: 3, title: "Tenants" },
    ],
  });
  const opened = await openSubscription(held.w.ctx, {
    ...{ customer_id, plan_version_id: version.id, interval: "month" },
    ...{ quantity: 1, provider: "manual", metadata: {} },
  });
  await work();
  return opened;
}

const cancel = async (id: string) => {
  await cancelSubscription(held.w.ctx, id, {
    ...{ when: "now", reason: "other", credit_unused: false },
  });
  await work();
};

test("a tenant lives with the subscription that gives access, and closes when that ends", async () => {
  const { subscription, tenant } = await subscribed();
  expect(tenant).toMatchObject({
    status: "active",
    subscription_id: subscription.id,
  });
  await cancel(subscription.id);
  const closed = await read(tenant.id);
  expect(closed).toMatchObject({
    status: "suspended",
    suspended_by: "billing",
    suspend_reason: "The subscription is canceled",
  });
  const days =
    (Date.parse(closed.terminate_at ?? "") - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30.1);
  await expect(inside(tenant.ref, "SELECT 1")).rejects.toThrow();
  const refused = await on("unsuspend", tenant.id);
  expect([refused.status, refused.body.error]).toEqual([
    409,
    "The subscription is canceled. It comes back by itself when that is settled.",
  ]);
});

test("who subscribes anew has the tenant back, with its data", async () => {
  const { customer, subscription, tenant } = await subscribed();
  await cancel(subscription.id);
  const next = await subscribe(customer.id);
  expect(await read(tenant.id)).toMatchObject({
    ...{ status: "active", suspended_by: null, terminate_at: null },
    subscription_id: next.id,
  });
  expect(await inside(tenant.ref, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("on its day, and not before, it is deleted after a last backup", async () => {
  const { subscription, tenant } = await subscribed();
  await cancel(subscription.id);
  const at = (days: number) => {
    const now = addSeconds(new Date(), days * 86_400);
    return { ...held.w.ctx, now: () => now };
  };
  await runTenantTimer("tenants_watch", at(29));
  await work();
  expect((await read(tenant.id)).status).toBe("suspended");
  await runTenantTimer("tenants_watch", at(30.1));
  await work();
  expect((await read(tenant.id)).status).toBe("deleted");
  const { body } = await on("backups", tenant.id);
  expect(body.items).toMatchObject([{ kind: "final", status: "ready" }]);
  expect(await databases()).not.toContain(tenant.ref);
});

test("a suspended customer's tenants close, and open with it; what staff closed stays closed", async () => {
  const { customer, tenant } = await subscribed();
  const second = await newTenant(held.w.ctx, { customer_id: customer.id });
  await work();
  await on("suspend", second.id, {});
  await work();
  const status = async (to: string) => {
    await call("customers.setStatus", {
      params: { customer_id: customer.id },
      body: { status: to },
    });
    await work();
  };
  await status("suspended");
  expect(await read(tenant.id)).toMatchObject({
    ...{ status: "suspended", suspend_reason: "The account is suspended" },
    terminate_at: null,
  });
  await status("active");
  expect((await read(tenant.id)).status).toBe("active");
  expect(await read(second.id)).toMatchObject({
    status: "suspended",
    suspended_by: "staff",
  });
});

test("what billing wanted while a job ran happens at the job's end", async () => {
  const { subscription, tenant } = await subscribed();
  await on("backup", tenant.id);
  await cancelSubscription(held.w.ctx, subscription.id, {
    ...{ when: "now", reason: "other", credit_unused: false },
  });
  await work();
  expect((await read(tenant.id)).status).toBe("suspended");
  expect((await lastJob(tenant.id)).kind).toBe("suspend");
});

test("what no event told of is found by the timer", async () => {
  const { customer, tenant } = await subscribed();
  await database.query(
    "UPDATE customers SET status = 'suspended' WHERE email = $1",
    [customer.email],
  );
  await runTenantTimer("tenants_watch");
  await work();
  expect((await read(tenant.id)).status).toBe("suspended");
});
