import * as fc from "fast-check";
import {
  parseRange,
  presetLabels,
  previousRange,
  rangeParams,
  rangeText,
  resolveRange,
  type RangePreset,
} from "@/ui/dates/range";

const today = "2026-03-31";

test.each([
  ["today", "2026-03-31", "2026-03-31"],
  ["7d", "2026-03-25", "2026-03-31"],
  ["30d", "2026-03-02", "2026-03-31"],
  ["month", "2026-03-01", "2026-03-31"],
  ["last_month", "2026-02-01", "2026-02-28"],
  ["year", "2026-01-01", "2026-03-31"],
  ["12m", "2025-04-01", "2026-03-31"],
] as const)("%s is %s to %s", (preset, from, to) => {
  expect(resolveRange({ preset }, today)).toEqual({ from, to });
});

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const length = (range: { from: string; to: string }) =>
  (Date.parse(range.to) - Date.parse(range.from)) / 86_400_000;

test("the period before has the same length and touches, without overlap", () => {
  fc.assert(
    fc.property(day, day, (a, b) => {
      const range = a <= b ? { from: a, to: b } : { from: b, to: a };
      const before = previousRange(range);
      expect(length(before)).toBe(length(range));
      expect(length({ from: before.to, to: range.from })).toBe(1);
    }),
  );
});

test("every preset ends today or before and begins no later", () => {
  const presets = Object.keys(presetLabels) as RangePreset[]; // Safe: its own keys.
  fc.assert(
    fc.property(day, fc.constantFrom(...presets), (now, preset) => {
      const { from, to } = resolveRange({ preset }, now);
      expect(from <= to && to <= now).toBe(true);
    }),
  );
});

test("a range survives the URL", () => {
  for (const value of [
    { preset: "90d" as const },
    { from: "2026-01-05", to: "2026-02-01" },
  ])
    expect(parseRange(rangeParams(value))).toEqual(value);
});

test("what the URL cannot mean falls back", () => {
  const fallback = { preset: "30d" };
  for (const params of [
    {},
    { range: "constructor" },
    { range: "31d" },
    { from: "2026-02-31", to: "2026-03-01" },
    { from: "2026-03-02", to: "2026-03-01" },
    { from: "2026-03-01" },
    { from: "'; drop", to: "x" },
  ])
    expect(parseRange(params)).toEqual(fallback);
});

test("a range reads as people write it", () => {
  expect(rangeText({ preset: "7d" })).toBe("Last 7 days");
  expect(
    rangeText({ from: "2026-01-01", to: "2026-01-31" }).replaceAll(
      "\u2009",
      " ",
    ),
  ).toBe("Jan 1 – 31, 2026");
});
