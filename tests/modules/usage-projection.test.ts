import fc from "fast-check";
import { project, type PastDay } from "@/modules/usage/projection";

const day = 86_400_000;
const noon = new Date("2026-04-15T12:00:00Z");

const past = (values: number[], now = noon): PastDay[] =>
  values.map((value, at) => ({
    value,
    weekday: new Date(now.getTime() - (values.length - at) * day).getUTCDay(),
  }));
const daysOn = (days: number) => new Date(noon.getTime() + days * day);

const anyPast = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), {
  minLength: 3,
  maxLength: 28,
});
const anyUsed = fc.double({ min: 0, max: 1e10, noNaN: true });
const anyRest = fc.double({ min: 0, max: 60, noNaN: true });

test("less than three whole days say nothing", () => {
  for (const values of [[], [5], [5, 5]])
    expect(
      project({ past: past(values), used: 9, now: noon, end: daysOn(10) }),
    ).toBeNull();
});

test("the range holds the expectation, and neither lies below what is used", () => {
  fc.assert(
    fc.property(anyPast, anyUsed, anyRest, (values, used, rest) => {
      const found = project({
        past: past(values),
        used,
        now: noon,
        end: daysOn(rest),
      });
      if (!found) throw new Error("nothing was projected");
      expect(found.low).toBeGreaterThanOrEqual(used);
      expect(found.low).toBeLessThanOrEqual(found.expected);
      expect(found.high).toBeGreaterThanOrEqual(found.expected);
    }),
  );
});

test("more use now, or a later end, never projects less", () => {
  fc.assert(
    fc.property(
      anyPast,
      anyUsed,
      anyUsed,
      anyRest,
      anyRest,
      (values, a, b, near, far) => {
        const at = (used: number, rest: number) =>
          project({ past: past(values), used, now: noon, end: daysOn(rest) })
            ?.expected ?? NaN;
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        const [sooner, later] = [Math.min(near, far), Math.max(near, far)];
        expect(at(more, near)).toBeGreaterThanOrEqual(at(less, near));
        expect(at(a, later)).toBeGreaterThanOrEqual(at(a, sooner));
      },
    ),
  );
});

test("no use projects none", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 28 }), anyRest, (length, rest) => {
      const zeros = past(Array.from({ length }, () => 0));
      expect(
        project({ past: zeros, used: 0, now: noon, end: daysOn(rest) }),
      ).toMatchObject({ expected: 0, low: 0, high: 0 });
    }),
  );
});

test("steady use goes on as it was, and leaves no doubt", () => {
  const steady = past(Array.from({ length: 7 }, () => 40));
  const found = project({
    past: steady,
    used: 100,
    now: noon,
    end: daysOn(2.5),
  });
  expect(found).toEqual({ expected: 200, low: 200, high: 200, method: "mean" });
});

test("with two weeks behind it, a weekend is expected to be a weekend", () => {
  const now = new Date("2026-04-17T00:00:00Z"); // a Friday
  const week = (weekday: number) => (weekday % 6 === 0 ? 0 : 100);
  const days = past(
    Array.from({ length: 14 }, () => 0),
    now,
  ).map(({ weekday }) => ({ weekday, value: week(weekday) }));
  const end = new Date("2026-04-20T00:00:00Z"); // Friday, Saturday, Sunday
  expect(project({ past: days, used: 1_000, now, end })).toEqual({
    expected: 1_100,
    low: 1_100,
    high: 1_100,
    method: "weekday",
  });
});

test("four of five ends lie in the range, for days that vary by chance", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const normal = () =>
    Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const draw = () => Math.max(0, 1_000 + 200 * normal());
  const midnight = new Date("2026-04-15T00:00:00Z");
  const end = new Date("2026-04-25T00:00:00Z");
  let held = 0;
  const rounds = 1_500;
  for (let i = 0; i < rounds; i += 1) {
    const days = past(Array.from({ length: 28 }, draw), midnight);
    const found = project({ past: days, used: 0, now: midnight, end });
    const truth = Array.from({ length: 10 }, draw).reduce((a, b) => a + b, 0);
    if (found && truth >= found.low && truth <= found.high) held += 1;
  }
  expect(held / rounds).toBeGreaterThan(0.74);
  expect(held / rounds).toBeLessThan(0.9);
});
