import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from "prom-client";
import { singleton } from "./singleton";

/**
 * The values that a label may have. With "any", the caller sees to it that they are few; what
 * comes after the first 1,000 is counted as "other", whatever the caller thought.
 */
type Values = readonly string[] | "any";
type Labels = Readonly<Record<string, Values>>;
type Given<L extends Labels> = {
  [K in keyof L]: L[K] extends readonly (infer V extends string)[] ? V : string;
};

const mostValues = 1_000;
const prefix = "tollkeeper_";

/** A count that only grows. Where the labels' values are listed, each is there from the start, as 0. */
export function counter<const L extends Labels>(
  name: string,
  help: string,
  labels: L,
): (given: Given<L>) => void {
  const metric = once(
    name,
    (full) =>
      new Counter({
        name: full,
        help,
        labelNames: Object.keys(labels),
        registers: [],
      }),
  );
  for (const values of combinations(labels)) metric.inc(values, 0);
  const known = knownValues(name, labels);
  return (given) => metric.inc(known(given));
}

/** How long things take, in seconds, counted by `buckets`. */
export function histogram<const L extends Labels>(
  name: string,
  help: string,
  labels: L,
  buckets: number[],
): (given: Given<L>, seconds: number) => void {
  const metric = once(
    name,
    (full) =>
      new Histogram({
        name: full,
        help,
        labelNames: Object.keys(labels),
        buckets,
        registers: [],
      }),
  );
  const known = knownValues(name, labels);
  return (given, seconds) => metric.observe(known(given), seconds);
}

/** A figure that is looked up when metrics are read: `read` gives it for each set of labels, or null where nobody knows. */
export function gauge<const L extends Labels>(
  name: string,
  help: string,
  labels: L,
  read: () =>
    [Given<L>, number][] | null | Promise<[Given<L>, number][] | null>,
): void {
  once(
    name,
    (full) =>
      new Gauge({
        name: full,
        help,
        labelNames: Object.keys(labels),
        registers: [],
        async collect() {
          const rows = await read();
          this.reset();
          // Without labels, a reset leaves a 0 behind, which would be taken for the figure.
          if (!rows) return this.remove({});
          for (const [given, value] of rows)
            this.set(given as Record<string, string>, value); // Safe: its values are texts.
        },
      }),
  );
}

/** All of this process's metrics, in the text format of Prometheus. */
export async function metricsText(): Promise<string> {
  singleton("default-metrics", () => {
    collectDefaultMetrics({ register: registry() });
    return true;
  });
  return registry().metrics();
}

export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE;

function registry(): Registry {
  return singleton("metrics", () => new Registry());
}

// A module's copy in another bundle finds the metric that the first one made.
function once<M extends Counter | Gauge | Histogram>(
  name: string,
  make: (fullName: string) => M,
): M {
  return singleton(`metric.${name}`, () => {
    const metric = make(prefix + name);
    registry().registerMetric(metric);
    return metric;
  });
}

function combinations(labels: Labels): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(labels)) {
    if (values === "any") return [];
    all = all.flatMap((one) =>
      values.map((value) => ({ ...one, [name]: value })),
    );
  }
  return all;
}

function knownValues<L extends Labels>(
  name: string,
  labels: L,
): (given: Given<L>) => Record<string, string> {
  const open = Object.keys(labels).filter((label) => labels[label] === "any");
  const seen = singleton(`metric-values.${name}`, () =>
    Object.fromEntries(open.map((label) => [label, new Set<string>()])),
  );
  return (given) => {
    // Safe: its values are those of the labels.
    const known = { ...given } as Record<string, string>;
    for (const label of open) {
      const values = seen[label];
      const value = known[label] ?? "";
      if (!values || values.has(value)) continue;
      if (values.size < mostValues) values.add(value);
      else known[label] = "other";
    }
    return known;
  };
}
