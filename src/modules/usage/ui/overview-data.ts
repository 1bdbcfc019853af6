import type { ChartPoint, ChartSeries } from "@/ui/charts/series";
import type { UsageTrends } from "../contract";

export const groupNames = [
  "provider",
  "model",
  "endpoint",
  "key",
  "customer",
] as const;
export type GroupName = (typeof groupNames)[number];
export const measureNames = ["calls", "cost", "tokens", "errors"] as const;
export type MeasureName = (typeof measureNames)[number];

/** A share of the whole: what one provider, model or the like has used. */
export type Part = {
  name: string;
  id: string | null;
  calls: number;
  errors: number;
  refused: number;
  tokens: number;
  cost: number;
};

const drawn = 6;
const sum = (values: readonly (number | string)[]) =>
  values.reduce<number>((total, value) => total + Number(value), 0);

/** The sums of each series, the greatest of a measure first. */
export function partsOf({ series }: UsageTrends, measure: MeasureName): Part[] {
  return byMeasure(series, measure).map((one) => ({
    name: one.name,
    id: one.id ?? null,
    calls: sum(one.calls),
    errors: sum(one.errors),
    refused: sum(one.refused),
    tokens: sum(one.tokens),
    cost: sum(one.cost),
  }));
}

/** The chart of a measure: the six greatest series, and the rest as one. */
export function chartOf(
  { buckets, series }: UsageTrends,
  measure: MeasureName,
  nameOf: (name: string) => string,
): { data: ChartPoint[]; series: ChartSeries[] } {
  const sorted = byMeasure(series, measure);
  const named = sorted.filter(isNamed);
  const isMore = named.length < series.length || series.length > drawn;
  const own = isMore ? named.slice(0, drawn - 1) : named;
  const rest = sorted.filter((one) => !own.includes(one));
  const at = (one: UsageTrends["series"][number], i: number) =>
    Number(one[measure][i] ?? 0);
  return {
    data: buckets.map((bucket, i) => ({
      at: bucket,
      values: Object.fromEntries([
        ...own.map((one, n) => [`s${n}`, at(one, i)] as const),
        ...(isMore
          ? [["rest", sum(rest.map((one) => at(one, i)))] as const]
          : []),
      ]),
    })),
    series: [
      ...own.map((one, n) => ({ key: `s${n}`, label: nameOf(one.name) })),
      ...(isMore ? [{ key: "rest", label: "All others" }] : []),
    ],
  };
}

// All others come last, however much they are.
function byMeasure(
  series: UsageTrends["series"],
  measure: MeasureName,
): UsageTrends["series"] {
  return [...series].sort(
    (a, b) =>
      Number(isNamed(b)) - Number(isNamed(a)) ||
      sum(b[measure]) - sum(a[measure]),
  );
}

function isNamed({ name }: { name: string }): boolean {
  return name !== "(other)";
}

/** Now against before as a ratio; null without anything before. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : now / before - 1;
}
