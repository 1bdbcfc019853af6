import { useDatabase } from "../support/database";
import {
  inFuture,
  minute,
  month,
  newModel,
  pricingFixture,
} from "./pricing-fixture";

const db = useDatabase();
const { close, costAt, create, created, read } = pricingFixture(db);

test("a price change applies from its millisecond, and the price before ends there", async () => {
  const model = newModel();
  const old = await created({ model, input_per_million: "1" });
  const at = inFuture(10 * minute);
  const next = await created({
    model,
    input_per_million: "2",
    effective_from: at,
  });
  expect(next.status).toBe("scheduled");
  expect(await read(old)).toMatchObject({
    effective_to: at,
    status: "in_force",
  });
  const before = new Date(Date.parse(at) - 1);
  expect(await costAt(model, before)).toBe("1");
  expect(await costAt(model, at)).toBe("2");
});

test("a past month keeps its prices", async () => {
  const model = newModel();
  const lastMonth = inFuture(-month);
  const first = await created({
    model,
    input_per_million: "1",
    effective_from: lastMonth,
  });
  expect(first.effective_from).toBe(lastMonth);
  await created({ model, input_per_million: "2" });
  expect(await costAt(model, lastMonth)).toBe("1");
  expect(await costAt(model, new Date())).toBe("2");
  for (const change of [
    { model, effective_from: inFuture(-month / 2) },
    { model, context_above: 10, effective_from: inFuture(-month / 2) },
    { model, effective_from: inFuture(-2 * minute) },
    // From before the first price, over it.
    { model, effective_from: inFuture(-2 * month) },
  ]) {
    const answer = await create({ input_per_million: "3", ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.details.fields[0].field).toBe("body.effective_from");
  }
  // When it had none, a price may still be entered.
  const { status } = await create({
    model,
    input_per_million: "5",
    effective_from: inFuture(-2 * month),
    effective_to: lastMonth,
  });
  expect(status).toBe(201);
  expect(await costAt(model, inFuture(-1.5 * month))).toBe("5");
  expect(await costAt(model, lastMonth)).toBe("1");
});

test("a model that was priced by its provider's * had a price", async () => {
  const any = { provider: "starred", model: "*", input_per_million: "1" };
  const from = inFuture(-month);
  await created({ ...any, effective_from: from });
  const own = { ...any, model: "own", effective_from: inFuture(-minute * 5) };
  expect((await create(own)).status).toBe(400);
  expect((await create({ ...own, effective_from: undefined })).status).toBe(
    201,
  );
});

test("a start within the last minute means now", async () => {
  const model = newModel();
  await created({ model, input_per_million: "1" });
  const asked = inFuture(-minute / 2);
  const price = await created({
    model,
    input_per_million: "2",
    effective_from: asked,
  });
  expect(price.effective_from > asked).toBe(true);
  expect(await costAt(model, asked)).toBeNull();
});

test("a price does not run over one that is to come", async () => {
  const model = newModel();
  const later = inFuture(60 * minute);
  const promised = await created({
    model,
    input_per_million: "2",
    effective_from: later,
  });
  const refused = await create({ model, input_per_million: "1" });
  expect(refused.status).toBe(409);
  expect(refused.body.error).toContain(later);
  expect(refused.body.details.price_id).toBe(promised.id);
  const until = { model, input_per_million: "1", effective_to: later };
  expect((await create(until)).status).toBe(201);
  expect((await create(until)).status).toBe(409);
});

test("a closed price ends and its model has none; it is not closed twice, nor in the past", async () => {
  const model = newModel();
  const price = await created({ model, input_per_million: "1" });
  const early = await close(price, inFuture(-5 * minute));
  expect(early.status).toBe(400);
  const { status, body } = await close(price);
  expect(status).toBe(200);
  expect(body.status).toBe("past");
  expect(await costAt(model, inFuture(0))).toBeNull();
  expect((await close(price)).status).toBe(409);
});

test("closing sets an end that lies ahead, which may still come earlier and not later", async () => {
  const price = await created({ model: newModel(), input_per_million: "1" });
  const [soon, later] = [inFuture(10 * minute), inFuture(20 * minute)];
  expect((await close(price, later)).body.effective_to).toBe(later);
  expect((await close(price, soon)).body.effective_to).toBe(soon);
  const answer = await close(price, later);
  expect(answer.status).toBe(409);
  expect(answer.body.error).toContain(soon);
});

test("withdrawing a price that has not begun lets the one before go on, until the next", async () => {
  const model = newModel();
  const [soon, later] = [inFuture(10 * minute), inFuture(20 * minute)];
  const one = await created({ model, input_per_million: "1" });
  const body = { model, input_per_million: "2" };
  const two = await created({ ...body, effective_from: soon });
  const three = await created({ ...body, effective_from: later });
  expect((await close(two)).body.status).toBe("withdrawn");
  expect((await read(one)).effective_to).toBe(later);
  expect(await costAt(model, soon)).toBe("1");
  await close(three);
  expect((await read(one)).effective_to).toBeNull();
  expect((await close(two)).status).toBe(409);
});

test("a price that was closed for itself stays so when what came after is withdrawn", async () => {
  const model = newModel();
  const end = inFuture(10 * minute);
  const one = await created({ model, input_per_million: "1" });
  await close(one, end);
  const two = await created({
    model,
    input_per_million: "2",
    effective_from: end,
  });
  await close(two);
  expect((await read(one)).effective_to).toBe(end);
});

test("of prices that are entered at once, one holds at any time", async () => {
  const model = newModel();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      create({ model, input_per_million: String(i) }),
    ),
  );
  // Two of one millisecond exclude each other, and the later is told so.
  for (const { status } of answers) expect([201, 409]).toContain(status);
  const rows = await db.query<{ next: Date | null; effective_to: Date | null }>(
    `SELECT effective_to, lead(effective_from) OVER (ORDER BY effective_from) AS next
     FROM price_book WHERE model = $1`,
    [model],
  );
  const made = answers.filter(({ status }) => status === 201);
  expect(rows).toHaveLength(made.length);
  for (const { next, effective_to } of rows) expect(effective_to).toEqual(next);
});

test("the database itself refuses prices that overlap, that change, and that go", async () => {
  const price = await created({ model: newModel(), input_per_million: "1" });
  const copy = db.query(
    `INSERT INTO price_book (id, provider, model, input_per_million, effective_from, source, updated_at)
     SELECT gen_random_uuid(), provider, model, 2, effective_from + interval '1 day', source, now()
     FROM price_book WHERE model = $1`,
    [price.model],
  );
  await expect(copy).rejects.toThrow("price_book_one_at_a_time");
  const change = db.query("UPDATE price_book SET input_per_million = 2");
  await expect(change).rejects.toThrow("never change");
  const gone = db.query("DELETE FROM price_book");
  await expect(gone).rejects.toThrow("append only");
});
