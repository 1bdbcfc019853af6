import type { Price } from "@/modules/pricing/contract";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { inFuture, month, newModel, pricingFixture } from "./pricing-fixture";

const db = useDatabase();
const { auditLog, close, create, created, list } = pricingFixture(db);

test("an installation starts with dated prices, which anybody may read", async () => {
  const { status, body } = await callRoute("pricing.pricing");
  expect(status).toBe(200);
  expect(body.currency).toBe("USD");
  const names = body.providers.map((one: { provider: string }) => one.provider);
  expect(names).toEqual(
    expect.arrayContaining([
      "anthropic",
      "exa",
      "firecrawl",
      "gemini",
      "metaphor",
      "mistral",
      "openai",
      "serper",
      "stability",
      "tavily",
    ]),
  );
  const { items } = await list({ per_page: "100" });
  const rates = (provider: string, model: string) =>
    items
      .filter((p: Price) => p.provider === provider && p.model === model)
      .map((p: Price) => [
        p.context_above,
        p.input_per_million,
        p.output_per_million,
        p.per_unit,
      ]);
  expect(rates("gemini", "gemini-2.0-flash-lite")).toEqual([
    [0, "0.075", "0.3", null],
  ]);
  expect(rates("gemini", "gemini-2.5-flash")).toEqual([
    [0, "0.125", "0.375", null],
  ]);
  expect(rates("gemini", "gemini-2.5-pro")[0]).toEqual([0, "1.25", "10", null]);
  expect(rates("tavily", "*")).toEqual([[0, null, null, "0.001"]]);
  expect(rates("serper", "*")).toEqual([[0, null, null, "0.001"]]);
  expect(rates("metaphor", "*")).toEqual([[0, null, null, "0.003"]]);
  for (const price of items as Price[]) {
    expect(price.effective_from).toBe("2025-01-01T00:00:00.000Z");
    expect(price.source).not.toBe("");
  }
});

test("a price keeps every digit that was typed, however small or large", async () => {
  const price = await created({
    provider: " ACME ",
    model: newModel().toUpperCase(),
    input_per_million: "123456789.000001",
    per_call: "0.000000000001",
    per_unit: "12345678.123456789012",
    unit: "page",
  });
  expect(price).toMatchObject({
    provider: "acme",
    model: price.model.toLowerCase(),
    input_per_million: "123456789.000001",
    output_per_million: null,
    per_call: "0.000000000001",
    per_unit: "12345678.123456789012",
    status: "in_force",
    created_by: "test",
  });
});

test("what was entered and ended is in the audit log, and told as events", async () => {
  const model = newModel();
  const one = await created({ model, input_per_million: "1" });
  const two = await created({ model, input_per_million: "2" });
  await close(two);
  const events = await db.query<{ name: string; id: string }>(
    `SELECT name, payload->>'price_id' AS id FROM outbox
     WHERE payload->>'price_id' IN ($1, $2) ORDER BY id, created_at`,
    [one.id, two.id],
  );
  const expected = [
    `price_book.created ${one.id}`,
    `price_book.closed ${one.id}`,
    `price_book.created ${two.id}`,
    `price_book.closed ${two.id}`,
  ].sort();
  expect(events.map(({ name, id }) => `${name} ${id}`).sort()).toEqual(
    expected,
  );
  const { items } = await auditLog({ action: "price_book.", limit: 4 });
  const acts = items.map(
    (entry: { action: string; target: { id: string } }) =>
      `${entry.action} ${entry.target.id}`,
  );
  expect(acts.sort()).toEqual(expected);
});

test("prices are found by provider, model, part of a name, and time", async () => {
  const model = newModel();
  const old = await created({
    model,
    input_per_million: "1",
    effective_from: inFuture(-month),
  });
  const now = await created({ model, input_per_million: "2" });
  const ids = (answer: { items: Price[] }) => answer.items.map(({ id }) => id);
  expect(ids(await list({ provider: "Acme", model }))).toEqual([now.id]);
  expect(ids(await list({ search: model.toUpperCase() }))).toEqual([now.id]);
  expect(ids(await list({ search: "%" }))).toEqual([]);
  expect(ids(await list({ model, include_past: true }))).toEqual([
    now.id,
    old.id,
  ]);
  expect(ids(await list({ model, at: inFuture(-month / 2) }))).toEqual([
    old.id,
  ]);
});

test.each([
  [{ input_per_million: "-1" }, "input_per_million"],
  [{ input_per_million: 1 }, "input_per_million"],
  [{ input_per_million: "1e3" }, "input_per_million"],
  [{ input_per_million: "0.0000001" }, "input_per_million"],
  [{ input_per_million: "1000000000" }, "input_per_million"],
  [{ input_per_million: "" }, "input_per_million"],
  [{ per_call: "0.0000000000001" }, "per_call"],
  [{}, "input_per_million"],
  [{ unit: "page" }, "unit"],
  [{ per_unit: "1" }, "unit"],
  [{ per_call: "1", provider: "Not a slug!" }, "provider"],
  [{ per_call: "1", model: "" }, "model"],
  [{ per_call: "1", context_above: -1 }, "context_above"],
  [{ per_call: "1", source: "" }, "source"],
  [{ per_call: "1", currency: "EUR" }, "currency"],
  [{ per_call: "1", effective_from: "tomorrow" }, "effective_from"],
  [{ per_call: "1", effective_to: "2020-01-01T00:00:00Z" }, "effective_to"],
])("refuses %j with 400 naming the field", async (body, field) => {
  const answer = await create({ model: newModel(), ...body });
  expect(answer.status).toBe(400);
  const named = answer.body.details.fields.map((one: { field: string }) =>
    one.field.replace("body.", ""),
  );
  expect(named).toContain(field);
});
