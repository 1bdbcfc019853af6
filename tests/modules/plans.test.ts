import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { calls, monthly, perCall, planCalls } from "./plans-fixture";
import { rewrites } from "@/http/rewrites.mjs";

useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const { create, drafted, on, onPlan, published } = planCalls(() => headers);

test("a plan is sold once its draft is published, and its price page shows it then", async () => {
  const terms = {
    trial_days: 14,
    prices: [
      monthly(2_900),
      { interval: "year", price: { amount: 29_000, currency: "USD" } },
    ],
    limits: { per_minute: 60 },
    features: [
      calls({ overage: true }),
      { feature: "logo", title: "Own logo", kind: "boolean", value: true },
      {
        ...{ feature: "speed", title: "Speed", kind: "static" },
        value: "10 Mbps",
      },
    ],
    charges: [perCall("0.02")],
    spend_cap: { amount: "50", currency: "USD" },
  };
  const { plan, draft } = await drafted(terms, { name: "Sold" });
  expect(plan).toMatchObject({ status: "draft", current_version: null });
  const offered = async () =>
    (await callRoute("plans.listPublic", {})).body.items.find(
      ({ id }: { id: string }) => id === plan.id,
    );
  expect(await offered()).toBeUndefined();
  await on("planVersions.publish", draft);
  expect(await offered()).toMatchObject({
    ...{ name: "Sold", version_id: draft.id, trial_days: 14 },
    prices: terms.prices,
    limits: { per_minute: 60, per_day: null },
    features: [
      { ...calls({ overage: true }), meter_id: expect.any(String) },
      ...terms.features.slice(1),
    ],
    charges: [{ ...perCall("0.02"), meter_title: expect.any(String) }],
    spend_cap: { amount: "50", currency: "USD" },
  });
  await onPlan("plans.update", plan.id, { is_public: false });
  expect(await offered()).toBeUndefined();
  await onPlan("plans.update", plan.id, { is_public: true });
  await onPlan("plans.archive", plan.id);
  expect(await offered()).toBeUndefined();
  expect((await onPlan("plans.archive", plan.id)).body.status).toBe("archived");
  await onPlan("plans.update", plan.id, { is_archived: false });
  expect(await offered()).toBeDefined();
});

test("publishing needs a price, and a charge in each currency for what may go over; it says by field what is missing", async () => {
  const incomplete = [
    [{ prices: [] }, "prices", /at least one price/],
    [
      {
        prices: [monthly(1), monthly(1, "EUR"), monthly(1, "JPY")],
        features: [calls({ overage: true })],
        charges: [perCall("1"), perCall("1", "JPY")],
      },
      "features.0.overage",
      /needs a charge for calls in EUR/,
    ],
    [
      {
        prices: [monthly(1)],
        features: [calls({ overage: true })],
        charges: [perCall("1"), perCall("1", "KES")],
      },
      "charges.0.currency",
      /there is none in KES/,
    ],
    [
      { prices: [monthly(1)], features: [calls()], charges: [perCall("1")] },
      "charges.0.meter",
      /never be charged/,
    ],
  ] as const;
  for (const [terms, field, words] of incomplete) {
    const { draft } = await drafted(terms);
    const answer = await on("planVersions.publish", draft);
    expect([terms, answer.status]).toEqual([terms, 409]);
    expect(answer.body.details.fields).toEqual([
      { field, message: expect.stringMatching(words) },
    ]);
    expect((await on("planVersions.get", draft)).body.status).toBe("draft");
  }
  const free = await drafted({ prices: [monthly(0)] });
  expect((await on("planVersions.publish", free.draft)).status).toBe(200);
});

test("a meter must exist when terms name it, and still when they are published", async () => {
  const absent = { meter: "nothing_here" };
  const refused = await create({
    prices: [monthly(1)],
    features: [calls(absent)],
    charges: [{ ...perCall("1"), ...absent }],
  });
  expect(refused.status).toBe(400);
  expect(
    refused.body.details.fields.map(({ field }: { field: string }) => field),
  ).toEqual(["body.terms.features.0.meter", "body.terms.charges.0.meter"]);
  const { body: meter } = await callRoute("meters.create", {
    headers,
    body: { name: "pages", title: "Pages", aggregation: "count" },
  });
  const { draft } = await drafted({
    prices: [monthly(1)],
    features: [calls({ meter: "pages" })],
  });
  await callRoute("meters.archive", {
    headers,
    params: { meter_id: meter.id },
  });
  const late = await on("planVersions.publish", draft);
  expect([late.status, late.body.details.fields]).toEqual([
    409,
    [
      {
        field: "features.0.meter",
        message: expect.stringMatching(/is archived/),
      },
    ],
  ]);
});

const byTiers = (up_to: string) => ({
  ...perCall("1"),
  charge: {
    model: "volume",
    tiers: [
      { up_to, unit_price: "2" },
      { up_to: null, unit_price: "1" },
    ],
  },
});

test("money is whole minor units of a currency there is, and nothing is taken that the contract has not", async () => {
  const good = { prices: [monthly(1)] };
  const refused: [object, string][] = [
    [{ prices: [monthly(29.99)] }, "prices.0.price.amount"],
    [{ prices: [monthly("2900")] }, "prices.0.price.amount"],
    [{ prices: [monthly(-1)] }, "prices.0.price.amount"],
    [{ prices: [monthly(2 ** 53 + 1)] }, "prices.0.price.amount"],
    [{ prices: [monthly(1, "XYZ")] }, "prices.0.price.currency"],
    [{ prices: [monthly(1, "usd")] }, "prices.0.price.currency"],
    [{ prices: [monthly(1), monthly(2)] }, "prices.1.price.currency"],
    [{ prices: [{ ...monthly(1), interval: "week" }] }, "prices.0.interval"],
    [{ ...good, surprise: 1 }, "surprise"],
    [{ ...good, trial_days: 1.5 }, "trial_days"],
    [{ ...good, trial_days: 731 }, "trial_days"],
    [{ ...good, limits: { per_week: 1 } }, "limits.per_week"],
    [{ ...good, features: [calls(), calls()] }, "features.1.feature"],
    [
      { ...good, features: [calls(), calls({ feature: "b" })] },
      "features.1.meter",
    ],
    [
      { ...good, features: [calls({ quota: null, overage: true })] },
      "features.0.overage",
    ],
    [{ ...good, features: [calls({ meter: "spend" })] }, "features.0.meter"],
    [{ ...good, features: [calls({ value: 1 })] }, "features.0.value"],
    [{ ...good, charges: [perCall("0.1"), perCall("1")] }, "charges.1.meter"],
    [
      {
        ...good,
        charges: [{ ...perCall("1"), charge: { model: "per_unit" } }],
      },
      "charges.0.charge.unit_price",
    ],
    [
      {
        ...good,
        charges: [
          {
            ...perCall("1"),
            charge: { model: "per_unit", unit_price: 0.1 },
          },
        ],
      },
      "charges.0.charge.unit_price",
    ],
    [
      {
        ...good,
        charges: [
          {
            ...perCall("1"),
            charge: {
              model: "graduated",
              tiers: [{ up_to: "10", unit_price: "1" }],
            },
          },
        ],
      },
      "charges.0.charge.tiers",
    ],
    [{ ...good, spend_cap: { amount: "1", currency: "EUR" } }, "spend_cap"],
    ...["", "x", "-1", "1e3"].map((up_to): [object, string] => [
      { ...good, charges: [byTiers(up_to)] },
      "charges.0.charge.tiers.0.up_to",
    ]),
  ];
  const { draft } = await drafted(good);
  for (const [terms, field] of refused) {
    const answer = await on("planVersions.setTerms", draft, terms);
    expect([terms, answer.status]).toEqual([terms, 400]);
    const fields = answer.body.details.fields.map(
      (one: { field: string }) => one.field,
    );
    expect(fields.join()).toContain(`body.${field}`);
  }
  expect((await on("planVersions.get", draft)).body.prices).toEqual(
    good.prices,
  );
});

test("a version is found under its own plan only, and a code is one plan's", async () => {
  const { version } = await published({ prices: [monthly(1)] });
  const other = await published({ prices: [monthly(1)] });
  const misplaced = { id: version.id, plan_id: other.plan.id };
  expect((await on("planVersions.get", misplaced)).status).toBe(404);
  const { code } = other.plan;
  const again = await create(undefined, { code });
  expect([again.status, again.body.details]).toEqual([
    409,
    {
      plan_id: other.plan.id,
      fields: [{ field: "body.code", message: "is taken" }],
    },
  ]);
  const renamed = await onPlan("plans.update", version.plan_id, { code });
  expect(renamed.status).toBe(409);
});

test("a customer's people see prices in its currency first, on the paths of before too", async () => {
  const { plan } = await published({
    prices: [monthly(1, "EUR"), monthly(2, "KES"), monthly(3, "USD")],
  });
  const { id } = await w.customer({ currency: "KES" });
  const { cookie } = await w.person("billing", id);
  const { body } = await callRoute("plans.listOwn", {
    headers: { cookie, origin: w.origin },
  });
  const own = body.items.find((one: { id: string }) => one.id === plan.id);
  expect(own.prices).toEqual([
    monthly(2, "KES"),
    monthly(1, "EUR"),
    monthly(3, "USD"),
  ]);
  expect(rewrites).toEqual(
    expect.arrayContaining([
      { source: "/api/subscription/plans", destination: "/api/v1/plans" },
      {
        source: "/api/billing/plans",
        destination: "/api/v1/billing/plans",
      },
    ]),
  );
});
