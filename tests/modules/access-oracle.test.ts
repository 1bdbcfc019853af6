import { env } from "@/platform/env";
import { closeRedis } from "@/platform/redis";
import { useDatabase } from "../support/database";
import { mulberry32 } from "../support/random";
import { describeWithRedis, redisIsReady, startRedis } from "../support/redis";
import {
  accessFixture,
  type Answer,
  type Asked,
  type Five,
  type Step,
} from "./access-fixture";
import { askInRedis } from "./access-redis-fixture";

const db = useDatabase();
let access = accessFixture(db);
const seed = Number(process.env["TEST_SEED"] ?? Date.now() % 1_000_000);
const random = mulberry32(seed);

/** Length, and lateness allowed, of the sliding windows in ms. */
const sliding = [
  { length: 1_000, late: 100 },
  { length: 60_000, late: 1_000 },
  { length: 3_600_000, late: 60_000 },
  { length: 86_400_000, late: 1_440_000 },
];

describe("in PostgreSQL", () => {
  beforeAll(() => access.install());
  promises();
});

describeWithRedis("in Redis", () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    server = await startRedis();
    Object.assign(env(), { REDIS_URL: server.url });
    await redisIsReady();
    access = { ...accessFixture(db), ask: askInRedis };
  });
  afterAll(async () => {
    await closeRedis();
    Object.assign(env(), { REDIS_URL: undefined });
    await server.stop();
  });
  promises();
});

function promises(): void {
  test(`100,000 random calls are decided as a list of admitted calls says (TEST_SEED=${seed})`, async () => {
    const world = await randomWorld();
    let at = Date.UTC(2026, 0, 30);
    let decided = 0;
    const seen = new Map<string, number>();
    while (decided < 100_000) {
      const steps: Step[] = Array.from({ length: 10 }, () => {
        at += pause();
        return { at, asked: randomQuestions(world) };
      });
      const answers = await access.ask(steps);
      for (const [i, step] of steps.entries()) {
        const pairs = inOrder(world, step, answers[i] ?? []);
        for (const { asked, answer } of pairs) {
          judge(world, step.at, asked, answer);
          decided += 1;
          seen.set(answer.code, (seen.get(answer.code) ?? 0) + 1);
        }
        // After the last decision of the last step, nothing is admitted that it could not foresee.
        if (i === steps.length - 1) await judgeRetry(step.at, pairs.at(-1));
      }
      world.forget(at);
      if (random() < 0.1) await world.changeLimits();
    }
    // The mixture must make both common, or the test says little.
    expect(
      Math.min(seen.get("VALID") ?? 0, seen.get("RATE_LIMITED") ?? 0),
    ).toBeGreaterThan(5_000);
  }, 300_000);

  test("a clock that steps back, by little or by much, admits nothing extra and recovers", async () => {
    const limits = [4, 9, 30, 90, null];
    for (let round = 0; round < 4; round++) {
      const customer = await access.customer(limits);
      const admitted: number[] = [];
      let real = Date.UTC(2026, 2, 10) + round * 7_919;
      let offset = 0;
      const steps: (Step & { real: number })[] = [];
      for (let i = 0; i < 1_000; i++) {
        real += pause();
        if (random() < 0.02)
          offset -= pick([50, 700, 1_300, 50_000, 3_600_000, 90_000_000]);
        steps.push({ real, at: real + offset, asked: [{ customer }] });
      }
      for (let from = 0; from < steps.length; from += 50) {
        const part = steps.slice(from, from + 50);
        const answers = await access.ask(part);
        for (const [i, { real }] of part.entries()) {
          if (answers[i]?.[0]?.code !== "VALID") continue;
          for (const [w, { length }] of sliding.entries())
            expect(
              admitted.filter((t) => t >= real - length).length,
            ).toBeLessThan(limits[w] ?? Infinity);
          admitted.push(real);
        }
      }
      // Whatever the clock did, two windows later the next calls pass.
      const later = real + offset + 2 * 86_400_000 + 2_880_000;
      for (let call = 0; call < 4; call++)
        expect((await access.askOne(later, { customer })).code).toBe("VALID");
    }
  }, 60_000);

  test("a clock that steps over the end of a month and back keeps both months' counts", async () => {
    const customer = await access.customer([null, null, null, null, 3]);
    const codes = async (at: number, calls: number) => {
      const [answers] = await access.ask([
        { at, asked: Array<Asked>(calls).fill({ customer }) },
      ]);
      return answers?.filter(({ code }) => code === "VALID").length;
    };
    const may = Date.UTC(2026, 4, 31, 23, 59);
    const june = Date.UTC(2026, 5, 1, 0, 1);
    expect(await codes(may, 2)).toBe(2);
    expect(await codes(june, 2)).toBe(2);
    expect(await codes(may, 5)).toBe(1);
    expect(await codes(june, 5)).toBe(1);
    expect(await codes(may, 5)).toBe(0);
    // Of a month before those, nothing is known: it does not start empty.
    expect(await codes(Date.UTC(2026, 3, 30), 5)).toBe(0);
    expect(await codes(Date.UTC(2026, 6, 1), 5)).toBe(3);
  });
}

type Subject = {
  kind: "customer" | "key";
  limits: Five;
  calls: { at: number; cost: number }[];
};
type World = Awaited<ReturnType<typeof randomWorld>>;

async function randomWorld() {
  const subjects = new Map<string, Subject>();
  const owners = new Map<
    string,
    { customer: string; lineage: string | null }
  >();
  const asks: Asked[] = [];
  for (let i = 0; i < 6; i++) {
    const limits = randomLimits();
    const customer = await access.customer(limits);
    subjects.set(customer, { kind: "customer", limits, calls: [] });
    asks.push({ customer });
    for (const own of [null, randomLimits(), randomLimits()]) {
      const key = await access.key(customer, own ?? undefined);
      owners.set(key.hash, { customer, lineage: own && key.lineage });
      if (own)
        subjects.set(key.lineage, { kind: "key", limits: own, calls: [] });
      asks.push({ key: key.hash });
    }
  }
  return {
    asks,
    of(asked: Asked) {
      const owner = asked.key ? owners.get(asked.key) : undefined;
      const customer = owner?.customer ?? asked.customer ?? "";
      return { customer, lineage: owner?.lineage ?? null };
    },
    subjectsOf(asked: Asked): Subject[] {
      const { customer, lineage } = this.of(asked);
      return [customer, lineage].flatMap((id) => subjects.get(id ?? "") ?? []);
    },
    /** other limits, at times lower than what is used */
    async changeLimits() {
      for (const [id, subject] of subjects) {
        subject.limits = randomLimits();
        await access.setLimits(subject.kind, id, subject.limits);
      }
    },
    /** drop what no window can hold any more */
    forget(now: number) {
      for (const subject of subjects.values())
        subject.calls = subject.calls.filter(
          ({ at }) => at > now - 40 * 86_400_000,
        );
    },
  };
}

/** The oracle: the sums over the calls that were admitted, window by window. */
function judge(world: World, at: number, asked: Asked, answer: Answer): void {
  const cost = asked.cost ?? 1;
  const subjects = world.subjectsOf(asked);
  let isOver = false; // one more would break a promise
  let mayRefuse = false; // the lateness that is allowed included
  let never = false;
  for (const { limits, calls } of subjects) {
    const { certain, possible } = usedOf(calls, at);
    for (const [w, limit] of limits.entries()) {
      if (limit === null) continue;
      isOver ||= (certain[w] ?? 0) + cost > limit;
      mayRefuse ||= (possible[w] ?? 0) + cost > limit;
      never ||= cost > limit;
    }
  }
  const isRefused = answer.code === "RATE_LIMITED";
  const isWrong =
    (isOver && !isRefused) ||
    (!mayRefuse && answer.code !== "VALID") ||
    (isRefused && never !== (answer.retry_after_ms === null));
  if (isWrong)
    throw new Error(
      JSON.stringify({ isOver, mayRefuse, never, at, asked, answer }),
    );
  if (!isRefused) for (const { calls } of subjects) calls.push({ at, cost });
}

/** What is in each window for certain, and what may be by the lateness that is allowed. */
function usedOf(calls: Subject["calls"], at: number) {
  const month = Date.parse(new Date(at).toISOString().slice(0, 7));
  const oldest = Math.min(month, at - 2 * 86_400_000);
  const certain = [0, 0, 0, 0];
  const possible = [0, 0, 0, 0];
  let inMonth = 0;
  for (let i = calls.length - 1; i >= 0; i--) {
    const call = calls[i];
    if (!call || call.at < oldest) break;
    const age = at - call.at;
    sliding.forEach(({ length, late }, w) => {
      if (age <= length) certain[w] = (certain[w] ?? 0) + call.cost;
      if (age < length + late) possible[w] = (possible[w] ?? 0) + call.cost;
    });
    if (call.at >= month) inMonth += call.cost;
  }
  return {
    certain: [...certain, inMonth],
    possible: [...possible, inMonth],
  };
}

/** Waiting makes the next call pass; a millisecond less does not. */
async function judgeRetry(
  at: number,
  last: { asked: Asked; answer: Answer } | undefined,
): Promise<void> {
  const wait = last?.answer.retry_after_ms;
  if (typeof wait !== "number") return;
  const ask = (later: number) =>
    access.askOne(at + later, last?.asked ?? {}, false);
  expect((await ask(wait - 1)).code).toBe("RATE_LIMITED");
  expect((await ask(wait)).code).toBe("VALID");
}

/** The questions of a step in the order in which they are decided: by customer, then by key. */
function inOrder(world: World, step: Step, answers: Answer[]) {
  const pairs = step.asked.flatMap((asked, i) => {
    const answer = answers[i];
    return answer ? [{ asked, answer, ...world.of(asked) }] : [];
  });
  expect(pairs).toHaveLength(step.asked.length);
  const last = "~"; // after every lineage, as NULL is
  return pairs.sort(
    (a, b) =>
      compare(a.customer, b.customer) ||
      compare(a.lineage ?? last, b.lineage ?? last) ||
      a.answer.ordinal - b.answer.ordinal,
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function randomQuestions(world: World): Asked[] {
  return Array.from({ length: 1 + whole(120) }, () => ({
    ...pick(world.asks),
    cost: random() < 0.8 ? 1 : 1 + whole(12),
  }));
}

/** Limits that are each now and then the one that refuses. */
function randomLimits(): Five {
  return [40, 120, 400, 1_500, 15_000].map((most) => {
    const kind = random();
    return kind < 0.3 ? null : kind < 0.32 ? 0 : 1 + whole(most);
  });
}

/** Milliseconds to the next call: mostly none to speak of, at times hours. */
function pause(): number {
  return whole(
    pick([5, 5, 60, 60, 400, 2_000, 2_000, 30_000, 200_000, 4_000_000]),
  );
}

function whole(below: number): number {
  return Math.floor(random() * below);
}

function pick<T>(from: T[]): T {
  return from[whole(from.length)] as T; // Safe: the lists are not empty.
}
