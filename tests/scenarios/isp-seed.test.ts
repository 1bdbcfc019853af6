import { seed } from "../../prisma/seed";
import type { Customer } from "@/modules/customers/contract";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world } from "../support/world";

useDatabase();
jest.setTimeout(300_000);

let headers: Record<string, string>;
let everyone: Customer[];
beforeAll(async () => {
  const { ctx, everything } = await world();
  headers = { authorization: `Bearer ${everything}` };
  await seed(ctx, { scenario: "isp" });
  const read = (page: number) => ask("/customers", { per_page: 100, page });
  everyone = [...(await read(1)).items, ...(await read(2)).items];
}, 300_000);

type Query = Record<string, string | number>;

async function ask(path: string, query: Query = {}) {
  const sent = { headers, query };
  const { status, body } = await callRoute(`GET /v1${path}`, sent);
  expect([path, status]).toEqual([path, 200]);
  return body;
}

test("each household has a phone, an address, devices, and how much it used", () => {
  expect(everyone).toHaveLength(120);
  for (const one of everyone)
    expect(one).toMatchObject({
      phone: expect.stringMatching(/^\+254\d{9}$/),
      address: expect.stringMatching(/, Nairobi$/),
      balance: { currency: "KES" },
    });
  expect(everyone.filter((one) => one.device_count < 1)).toEqual([]);
  expect(everyone.filter((one) => one.usage_percentage === null)).toEqual([]);
});

test("each that has begun has a package with its speed and price, and most have paid for it", () => {
  const begun = everyone.filter(({ status }) => status !== "pending");
  const packages = begun.map(({ service_plan: plan }) =>
    [plan?.speed, plan?.price.amount, plan?.price.currency].join(),
  );
  expect([...new Set(packages)].sort()).toEqual([
    ...["10 Mbps,500000,KES", "20 Mbps,750000,KES", "50 Mbps,1200000,KES"],
  ]);
  const paid = begun.filter((one) => one.last_payment_at !== null);
  expect(paid.length).toBeGreaterThan(begun.length / 2);
  const owing = begun.filter((one) => one.outstanding_invoices > 0);
  expect(owing.length).toBeGreaterThan(5);
});

test("the figures, and a household's invoices, payments and tickets, have something to show", async () => {
  const of = (status: string) =>
    everyone.filter((one) => one.status === status).length;
  const stats = await ask("/customers/stats");
  expect(stats).toMatchObject({
    ...{ total_customers: 120, active_customers: of("active") },
    ...{
      suspended_customers: of("suspended"),
      pending_customers: of("pending"),
    },
    customers_with_subscriptions: 120 - of("pending"),
    total_revenue: { amount: expect.any(Number), currency: "KES" },
  });
  expect(of("suspended")).toBeGreaterThan(0);
  expect(stats.total_revenue.amount).toBeGreaterThan(0);
  const byBalance = everyone.map(({ balance }) => balance.amount);
  expect(stats.top_customers_by_balance[0].balance.amount).toBe(
    Math.max(...byBalance),
  );
  const paying = everyone.find((one) => one.last_payment_at !== null);
  const at = `/customers/${paying?.id}`;
  expect((await ask(`${at}/invoices`, { status: "paid" })).total).toBe(1);
  expect((await ask(`${at}/payments`, { status: "succeeded" })).items).toEqual([
    expect.objectContaining({ method: "mobile_money" }),
  ]);
  const tickets = await ask("/support");
  expect(tickets.total).toBeGreaterThan(0);
  const [{ customer_id }] = tickets.items;
  const own = await ask(`/customers/${customer_id}/tickets`);
  expect(own.total).toBeGreaterThan(0);
});
