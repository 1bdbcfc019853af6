import { readFileSync } from "node:fs";
import { contrastRatio } from "../support/contrast";

const css = readFileSync("src/app/globals.css", "utf8");

function themeOf(selector: string) {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(
      ([, name = "", value = ""]) => [name, value] as const,
    ),
  );
}

const themes = {
  light: themeOf(":root"),
  dark: themeOf('[data-theme="dark"]'),
};

const surfaces = ["canvas", "subtle", "muted", "overlay"];
const tones = ["neutral", "info", "success", "warning", "danger"];

/** Text on surface, at 4.5 : 1 (WCAG 2.2, 1.4.3). */
const texts = [
  ...surfaces.flatMap((under) =>
    ["ink", "ink-muted", "ink-faint", "accent-text", "danger"].map(
      (over) => [over, under] as const,
    ),
  ),
  ...tones.flatMap((tone) => [
    [tone, `${tone}-tint`] as const,
    ["ink", `${tone}-tint`] as const,
  ]),
  ["accent-ink", "accent"],
  ["accent-ink", "accent-hover"],
  ["accent-ink", "danger-fill"],
  ["accent-ink", "danger-hover"],
  ["ink", "accent-tint"],
  ["ink-faint", "accent-tint"],
  ["accent-text", "accent-tint"],
] as const;

/** Borders of controls, meters, lines of charts: 3 : 1 (1.4.11). */
const shapes = [
  ["field", "canvas"],
  ["field", "subtle"],
  ["field", "overlay"],
  ["accent", "canvas"],
  ["accent", "muted"],
  ["warning-fill", "muted"],
  ["danger-fill", "muted"],
  ...[1, 2, 3, 4, 5, 6].map((n) => [`chart-${n}`, "canvas"] as const),
] as const;

describe.each(["light", "dark"] as const)("in the %s theme", (name) => {
  const ratio = (over: string, under: string) =>
    contrastRatio(
      themes[name].get(over) ?? `no --${over}`,
      themes[name].get(under) ?? `no --${under}`,
    );

  test.each(texts)("%s can be read on %s", (over, under) => {
    expect(ratio(over, under)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(shapes)("%s can be seen on %s", (over, under) => {
    expect(ratio(over, under)).toBeGreaterThanOrEqual(3);
  });
});

test("the contrast of black on white is 21, of a colour on itself 1", () => {
  expect(contrastRatio("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrastRatio("#8e8e97", "#8e8e97")).toBe(1);
});
