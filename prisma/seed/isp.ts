import { recordReading } from "@/modules/customers";
import type { Ctx } from "@/platform/context";
import { addCustomers, type Plan } from "./customers";
import { wifiTickets } from "./demo-tickets";
import { addMeters, raise } from "./entitlements";
import { addPlans, charged, metered, says, type SeededPlan } from "./plans";
import { dice } from "./random";
import { addPackages } from "./subscriptions";
import { addTickets } from "./tickets";
import { addUsage, type Flavor } from "./usage";

const given = [
  "John",
  "Wanjiru",
  "Otieno",
  "Amina",
  "Kamau",
  "Njeri",
  "Mwangi",
  "Achieng",
  "Brian",
  "Faith",
  "Kevin",
  "Mercy",
] as const;
const family = [
  "Doe",
  "Kariuki",
  "Odhiambo",
  "Hassan",
  "Njoroge",
  "Wambui",
  "Mutua",
  "Kiptoo",
  "Ouma",
  "Chebet",
] as const;
const estates = [
  "Westlands",
  "Kilimani",
  "South B",
  "Langata",
  "Kasarani",
  "Ruaka",
  "Rongai",
] as const;

// Shillings a month, GB, and the speed.
const packages = [
  ["Basic WiFi 10 Mbps", 5_000, 500, "10 Mbps", "Messages, mail and music."],
  ["Home 20 Mbps", 7_500, 1_000, "20 Mbps", "Films for the whole house."],
  ["Family 50 Mbps", 12_000, 2_000, "50 Mbps", "Everybody at once."],
] as const;

const offered = packages.map(
  ([name, shillings, data, speed, description]): SeededPlan => ({
    ...{ name, description },
    terms: {
      prices: [
        {
          interval: "month",
          price: { amount: shillings * 100, currency: "KES" },
        },
        {
          interval: "year",
          price: { amount: shillings * 1_100, currency: "KES" },
        },
      ],
      features: [
        says("speed", "Speed", speed),
        metered("data_gb", "Data", data, name.startsWith("Family")),
        says("devices", "Devices", data / 100),
      ],
      charges: name.startsWith("Family")
        ? charged("data_gb", {
            KES: { model: "package", package_price: "250", package_size: "50" },
          })
        : [],
    },
  }),
);

/** A WiFi provider in Nairobi: 120 households with phones, addresses, devices and readings. */
export async function addIsp(ctx: Ctx) {
  const roll = dice(254);
  const plans = Array.from({ length: 120 }, (_, i): Plan => {
    const name = `${given[i % given.length]} ${family[(i * 7) % family.length]}`;
    return {
      joinedDaysAgo: 330 - Math.round(i * 2.7),
      ...(roll.chance(0.6) && { creditMinor: roll.whole(1, 60) * 10_000 }),
      input: {
        email: `${name.toLowerCase().replace(" ", ".")}.${i}@example.com`,
        full_name: name,
        phone: `+2547${String(10_000_000 + i * 7_919).slice(0, 8)}`,
        address: `${roll.whole(1, 200)} ${roll.one(estates)}, Nairobi`,
        country: "KE",
        currency: "KES",
        time_zone: "Africa/Nairobi",
        status: roll.chance(0.1)
          ? "suspended"
          : roll.chance(0.06)
            ? "pending"
            : "active",
        metadata: {
          package: roll.one(packages)[0],
        },
      },
    };
  });
  const customers = await addCustomers(ctx, plans);
  await addMeters(ctx, [
    {
      name: "data_gb",
      title: "Data",
      unit: "GB",
      aggregation: "sum",
      field: "quantity",
      event_meter: "data_gb",
    },
  ]);
  const sold = await addPlans(ctx, offered);
  await addPackages(ctx, customers, sold);
  const [first] = customers;
  if (first)
    await raise(
      ctx,
      first.id,
      { meter: "data_gb", amount: 200, reason: "Outage last weekend" },
      { since: 2, left: 12 },
    );
  for (const customer of customers)
    await recordReading(ctx, customer.id, {
      usage_percentage: roll.whole(2, 104),
      device_count: roll.whole(1, 9),
    });
  const habits = customers.slice(0, 40).map((customer) => ({
    customerId: customer.id,
    keyId: null,
    callsPerDay: roll.whole(8, 30),
    growth: 0.004,
  }));
  await addUsage(ctx, roll, habits, 35, dataSession);
  await addTickets(ctx, customers.slice(0, 3), wifiTickets);
  return customers;
}

const dataSession: Flavor = (roll) => ({
  meter: "data_gb",
  endpoint: "radius/accounting",
  quantity: roll.whole(1, 400) / 100,
  status_code: 200,
});
