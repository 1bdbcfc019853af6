import { readFileSync } from "node:fs";
import path from "node:path";
import "@/http/front";
import "@/http/metrics";
import "@/modules/payments";
import { metricsText } from "@/platform/metrics";
import "@/platform/worker-report";

type Panel = { title: string; targets: { expr: string }[] };

const file = path.resolve(__dirname, "../docs/grafana-dashboard.json");
const { panels } = JSON.parse(readFileSync(file, "utf8")) as {
  panels: Panel[];
};
const queries = panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr] as const),
);

test("each metric and label that the dashboard asks for is exported", async () => {
  const text = await metricsText();
  const exported = new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name, type]) =>
      type === "histogram"
        ? [`${name}_bucket`, `${name}_sum`, `${name}_count`]
        : [name],
    ),
  );
  const asked = queries.flatMap(([title, expr]) =>
    [...expr.matchAll(/\b(?:tollkeeper|process|nodejs)_\w+/g)].map(
      ([name]) => [title, name] as const,
    ),
  );
  expect(asked.length).toBeGreaterThan(15);
  expect(asked.filter(([, name]) => !exported.has(name))).toEqual([]);
});

test("each of the app's own metrics is on the dashboard", async () => {
  const own = [...(await metricsText()).matchAll(/^# TYPE (tollkeeper_\S+)/gm)];
  const all = queries.map(([, expr]) => expr).join("\n");
  expect(own.length).toBeGreaterThan(10);
  expect(
    own.map(([, name]) => name).filter((name) => !all.includes(name ?? "")),
  ).toEqual([]);
});
