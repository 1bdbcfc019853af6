import { prisma } from "@/platform/db";
import { newId, toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { mulberry32 } from "../support/random";

const db = useDatabase();
const seed = Number(process.env["TEST_SEED"] ?? Date.now() % 1_000_000);
const random = mulberry32(seed);

const fine = 10n ** 12n; // of what has 12 decimals: quantities, costs
const start = Date.UTC(2026, 0, 1);
const changes = 6; // of a model's price, a day apart
const day = 86_400_000;

/** A row of the price book; prices and quantities are whole numbers of their last decimal. */
type Row = {
  id: string;
  provider: string;
  model: string;
  contextAbove: bigint;
  input: bigint | null;
  output: bigint | null;
  cached: bigint | null;
  reasoning: bigint | null;
  perCall: bigint | null;
  perUnit: bigint | null;
  cachedInInput: boolean;
  reasoningInOutput: boolean;
  from: number;
  to: number | null;
};
type Event = {
  provider: string | null;
  model: string | null;
  input: bigint | null;
  output: bigint | null;
  cached: bigint | null;
  reasoning: bigint | null;
  quantity: bigint | null;
  at: number;
};

test(`100,000 random events cost what whole numbers say, to the last decimal (TEST_SEED=${seed})`, async () => {
  const rows = await enter(randomRows());
  const seen = { none: 0, any: 0, tier: 0, rounded: 0 };
  for (let batch = 0; batch < 100; batch++) {
    const events = Array.from({ length: 1_000 }, () => randomEvent(rows));
    const answers = await priced(events);
    for (const [i, event] of events.entries()) {
      const row = inForce(rows, event);
      const cost = row && costOf(row, event);
      const expected = {
        id: row?.id ?? null,
        cost: row && cost !== null ? text(cost, 12) : null,
      };
      if (JSON.stringify(answers[i]) !== JSON.stringify(expected))
        throw new Error(
          JSON.stringify({ event, row, expected, was: answers[i] }, shown),
        );
      if (!row) seen.none += 1;
      if (row?.model === "*") seen.any += 1;
      if (row && row.contextAbove > 0n) seen.tier += 1;
      if (row?.perUnit && (row.perUnit * (event.quantity ?? fine)) % fine > 0n)
        seen.rounded += 1;
    }
  }
  // The mixture must make each common, or the test says little.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(1_000);
}, 300_000);

test("half of the last decimal is rounded away from zero", async () => {
  const [row] = await enter([
    { ...free("round", "m", 0n), perUnit: 5n, from: start, to: null },
  ]);
  const event = { ...nothing, provider: "round", model: "m", at: start };
  const costs = await priced(
    [0n, 99_999_999_999n, 100_000_000_000n, 300_000_000_000n, fine].map(
      (quantity) => ({ ...event, quantity }),
    ),
  );
  expect(costs.map(({ cost }) => cost)).toEqual([
    "0.000000000000",
    "0.000000000000", // of 0.499999999995
    "0.000000000001", // of 0.5
    "0.000000000002", // of 1.5
    "0.000000000005",
  ]);
  expect(costs[0]?.id).toBe(row?.id);
});

/** The oracle's way to find a row: all of them, by the rules as they are written down. */
function inForce(rows: Row[], event: Event): Row | null {
  const { provider, model, at } = event;
  const input = event.input ?? 0n;
  const candidates = rows.filter(
    (row) =>
      row.provider === provider?.toLowerCase() &&
      row.from <= at &&
      at < (row.to ?? Infinity) &&
      (row.contextAbove === 0n || input > row.contextAbove),
  );
  const own = candidates.filter((row) => row.model === model?.toLowerCase());
  const any = candidates.filter((row) => row.model === "*");
  const [best] = (own.length > 0 ? own : any).sort((a, b) =>
    Number(b.contextAbove - a.contextAbove),
  );
  return best ?? null;
}

/** The cost in units of 10⁻¹² USD. */
function costOf(row: Row, event: Event): bigint {
  const [input, output] = [event.input ?? 0n, event.output ?? 0n];
  const [cached, reasoning] = [event.cached ?? 0n, event.reasoning ?? 0n];
  const fresh = row.cachedInInput ? input - least(cached, input) : input;
  const said = row.reasoningInOutput
    ? output - least(reasoning, output)
    : output;
  const tokens =
    fresh * (row.input ?? 0n) +
    cached * (row.cached ?? row.input ?? 0n) +
    said * (row.output ?? 0n) +
    reasoning * (row.reasoning ?? row.output ?? 0n);
  const units = (row.perUnit ?? 0n) * (event.quantity ?? fine);
  return tokens + (row.perCall ?? 0n) + (2n * units + fine) / (2n * fine);
}

type Answer = { id: string | null; cost: string | null };

/** What the database says, asked as the taking in of events asks. */
function priced(events: Event[]): Promise<Answer[]> {
  return db.query<Answer>(
    `SELECT p.id, price_cost(p, e.input, e.output, e.cached, e.reasoning, e.quantity)::text AS cost
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::numeric[],
       $8::timestamptz[]) WITH ORDINALITY e(provider, model, input, output, cached, reasoning, quantity, at, ordinal)
     LEFT JOIN LATERAL price_find(e.provider, e.model, e.input, e.at) p ON true
     ORDER BY e.ordinal`,
    [
      events.map(({ provider }) => provider),
      events.map(({ model }) => model),
      events.map(({ input }) => input),
      events.map(({ output }) => output),
      events.map(({ cached }) => cached),
      events.map(({ reasoning }) => reasoning),
      events.map(({ quantity }) => text(quantity, 12)),
      events.map(({ at }) => new Date(at)),
    ],
  );
}

async function enter(rows: Omit<Row, "id">[]): Promise<Row[]> {
  const made = rows.map((row) => ({ ...row, id: toUuid(newId("prc")) }));
  await prisma().price.createMany({
    data: made.map((row) => ({
      id: row.id,
      provider: row.provider,
      model: row.model,
      context_above: row.contextAbove,
      input_per_million: text(row.input, 6),
      output_per_million: text(row.output, 6),
      cached_per_million: text(row.cached, 6),
      reasoning_per_million: text(row.reasoning, 6),
      per_call: text(row.perCall, 12),
      per_unit: text(row.perUnit, 12),
      unit: row.perUnit === null ? null : "thing",
      cached_in_input: row.cachedInInput,
      reasoning_in_output: row.reasoningInOutput,
      effective_from: new Date(row.from),
      effective_to: row.to === null ? null : new Date(row.to),
      source: "random",
    })),
  });
  return made;
}

/** Models with prices of several contexts that change, with gaps; two providers have a `*`. */
function randomRows(): Omit<Row, "id">[] {
  const keys = ["a", "b", "c"].flatMap((provider) =>
    ["*", "m1", "m2"].flatMap((model) =>
      [0n, 1_000n, 200_000n].map((context) => ({ provider, model, context })),
    ),
  );
  return keys
    .filter(({ provider, model }) => provider !== "c" || model !== "*")
    .flatMap(({ provider, model, context }) =>
      Array.from({ length: changes }, (_, i) => ({
        ...randomPrices(provider, model, context),
        from: start + i * day,
        to: i === changes - 1 ? null : start + (i + 1) * day,
      })),
    )
    .filter(() => random() < 0.8);
}

function randomPrices(provider: string, model: string, context: bigint) {
  const perMillion = () => maybe(whole(pick([10, 10 ** 6, 10 ** 8, 10 ** 14])));
  const perOne = () => maybe(whole(pick([10, 10 ** 9, 10 ** 12, 10 ** 14])));
  return {
    ...free(provider, model, context),
    input: whole(10 ** 8),
    output: perMillion(),
    cached: perMillion(),
    reasoning: perMillion(),
    perCall: perOne(),
    perUnit: perOne(),
    cachedInInput: random() < 0.5,
    reasoningInOutput: random() < 0.5,
  };
}

function free(provider: string, model: string, contextAbove: bigint) {
  const none = { input: null, output: null, cached: null, reasoning: null };
  const flags = { cachedInInput: true, reasoningInOutput: true };
  const names = { provider, model, contextAbove };
  return { ...names, ...none, perCall: null, perUnit: null, ...flags };
}

const nothing = {
  input: null,
  output: null,
  cached: null,
  reasoning: null,
  quantity: null,
};

function randomEvent(rows: Row[]): Event {
  const tokens = () => maybe(whole(pick([1, 50, 1_000, 10 ** 6, 10 ** 12])));
  // At the very millisecond of a change as often as between two.
  const edge = pick(rows).from + pick([-1, 0, 1]);
  return {
    provider: random() < 0.02 ? null : pick(["a", "A", "b", "c", "unheard-of"]),
    model: random() < 0.1 ? null : pick(["m1", "M2", "m2", "m3", "*"]),
    input: pick([tokens(), 1_000n, 1_001n, 200_000n, 200_001n]),
    output: tokens(),
    cached: tokens(),
    reasoning: tokens(),
    quantity: maybe(whole(pick([10, 10 ** 12, 10 ** 15]))),
    at: pick([edge, start + Number(whole(changes * day)) - day / 2]),
  };
}

/** A decimal of so many places as text. */
function text<T extends bigint | null>(value: T, places: number) {
  if (value === null) return null;
  const digits = String(value).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function maybe<T>(value: T): T | null {
  return random() < 0.25 ? null : value;
}

function whole(below: number): bigint {
  return BigInt(Math.floor(random() * below));
}

function pick<T>(from: T[]): T {
  return from[Math.floor(random() * from.length)] as T; // Safe: the lists are not empty.
}

const shown = (_: string, value: unknown) =>
  typeof value === "bigint" ? String(value) : value;
