import { rollOver, watchProjections } from "@/modules/alerts";
import { createSegment } from "@/modules/customers";
import { createCoupon } from "@/modules/invoices";
import { issueKey } from "@/modules/keys";
import { setCustomerLimits, setCustomerQuotas } from "@/modules/limits";
import type { Ctx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import { addCustomers, type Plan } from "./customers";
import { apiTickets } from "./demo-tickets";
import { apiPlans, tenantPlans } from "./demo-plans";
import { raise, subscribe } from "./entitlements";
import { addLicenses } from "./licenses";
import { addSubscriptions } from "./subscriptions";
import { companies, slug } from "./names";
import { addPlans, type Published } from "./plans";
import { dice } from "./random";
import { addTickets } from "./tickets";
import { addTenant } from "./tenants";
import { addUsage, type Flavor, type Habit } from "./usage";

const eurozone = new Set([
  "DE",
  "FR",
  "IT",
  "NL",
  "FI",
  "GR",
  "PT",
  "IE",
  "AT",
  "BE",
]);

/** A small seller of a website categorizer: 48 customers, 16 of them calling, 45 days. */
export async function addDemo(ctx: Ctx) {
  const roll = dice(7);
  const plans = companies.map(([company, person, country], i): Plan => {
    const joinedDaysAgo = Math.round(400 * (1 - i / companies.length) ** 1.8);
    const status =
      i % 13 === 12 ? "suspended" : i % 17 === 16 ? "pending" : "active";
    return {
      joinedDaysAgo,
      ...(i % 5 === 0 && { creditMinor: roll.whole(5, 400) * 500 }),
      input: {
        email: `${slug(person).split("-")[0]}@${slug(company)}.example`,
        full_name: person,
        company_name: company,
        country,
        currency:
          country === "JP" ? "JPY" : eurozone.has(country) ? "EUR" : "USD",
        status,
        phone: `+1 555 01${String(i).padStart(2, "0")}`,
        tags: [
          ...(i % 12 === 0 ? ["vip"] : []),
          ...(i % 5 === 2 ? ["early access"] : []),
        ],
        ...(i % 11 === 10 && {
          expires_at: addSeconds(ctx.now(), 5 * 24 * 60 * 60).toISOString(),
        }),
      },
    };
  });
  const customers = await addCustomers(ctx, plans);
  await createSegment(ctx, {
    name: "Active VIPs",
    filters: { status: "active", tag: "vip" },
  });
  const habits: Habit[] = [];
  for (const [i, customer] of customers.slice(0, 16).entries()) {
    const { id: keyId } = await issueKey(ctx, {
      customer_id: customer.id,
      name: i % 3 === 0 ? "Production" : "Website",
    });
    habits.push({
      customerId: customer.id,
      keyId,
      callsPerDay: [180, 120, 90, 60][i % 4] ?? 60,
      growth: (roll.next() - 0.3) / 60,
    });
  }
  const [first, second, third, fourth] = customers;
  const sold = await addPlans(ctx, apiPlans);
  await addPlans(ctx, tenantPlans, { from: apiPlans.length });
  const pro = sold.get("Pro");
  if (first && pro) await giveForLaunch(ctx, first.id, pro);
  if (first) await addTenant(ctx, first.id, "analytical");
  await addSubscriptions(ctx, customers.slice(18, 42), sold);
  if (fourth)
    await setCustomerQuotas(ctx, fourth.id, {
      quotas: [{ meter: "calls", limit: 1_200, overage: true }],
      spend_cap: null,
    });
  if (second)
    await setCustomerLimits(ctx, second.id, {
      per_second: 5,
      per_minute: 60,
      per_day: 5_000,
    });
  if (third) await setCustomerLimits(ctx, third.id, { per_month: 50_000 });
  await addUsage(ctx, roll, habits, 45, categorizerCall);
  // As the timers would have, over these days.
  await rollOver(ctx);
  await watchProjections(ctx);
  await addLicenses(ctx, customers.slice(0, 3));
  await createCoupon(ctx, {
    ...{ code: "LAUNCH20", name: "Launch", percent: "20" },
    ...{ duration: "repeating", months: 3, max_redemptions: 100 },
  });
  await addTickets(ctx, customers.slice(0, 6), apiTickets);
  return customers;
}

/** A plan with 4,000 calls a month, and a boost for a launch. */
async function giveForLaunch(
  ctx: Ctx,
  customerId: string,
  plan: Published,
): Promise<void> {
  await subscribe(ctx, customerId, plan, 19);
  const launch = { limits: { per_minute: 200 }, reason: "Launch of their app" };
  await raise(ctx, customerId, launch, { since: 1, left: 6 });
}

const categorizerCall: Flavor = (roll) => {
  const failed = roll.chance(0.025);
  return {
    meter: "calls",
    endpoint: roll.one([
      "/categorize",
      "/categorize",
      "/categorize",
      "/mx",
      "/screenshot",
    ]),
    method: "GET",
    status_code: failed ? roll.one([500, 502, 422]) : 200,
    duration_ms: Math.round(40 * Math.exp(roll.next() * 3.2)),
  };
};
