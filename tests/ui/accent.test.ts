import fc from "fast-check";
import { accentCss, accentShades, defaultAccent } from "@/shared/accent";
import { contrastRatio } from "../support/contrast";

const color = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);
const corners = ["000000", "ffffff", "ff0000", "00ff00", "0000ff", "ffff00"];

/** The surfaces of globals.css, and its faintest text. */
const themes = {
  light: { surfaces: ["#ffffff", "#fafafa", "#f1f1f2"], faint: "#6a6a73" },
  dark: { surfaces: ["#0d0d0e", "#131315", "#1e1e21"], faint: "#8f9099" },
} as const;

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const { surfaces, faint } = themes[theme];

  test("text on any colour, and in it, can be read, and shapes can be seen", () => {
    fc.assert(
      fc.property(
        fc.oneof(color, fc.constantFrom(...corners.map((hex) => `#${hex}`))),
        (given) => {
          const shades = accentShades(given, theme);
          const { accent, "accent-ink": ink } = shades;
          const texts = [
            [ink, accent],
            [ink, shades["accent-hover"]],
            [faint, shades["accent-tint"]],
            [shades["accent-text"], shades["accent-tint"]],
            ...surfaces.map((under) => [shades["accent-text"], under]),
          ];
          for (const [over = "", under = ""] of texts)
            expect([
              given,
              over,
              under,
              contrastRatio(over, under) >= 4.5,
            ]).toEqual([given, over, under, true]);
          for (const under of surfaces)
            expect(contrastRatio(accent, under)).toBeGreaterThanOrEqual(3);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("a colour that can be read is left as it is", () => {
  expect(accentShades(defaultAccent, "light").accent).toBe(defaultAccent);
});

test("nothing but a colour becomes CSS", () => {
  expect(accentCss("#3b5bdb")).toMatch(
    /^:root\{(--[\w-]+:#[0-9a-f]{6};?)+\}\[data-theme="dark"\]\{(--[\w-]+:#[0-9a-f]{6};?)+\}$/,
  );
  for (const wrong of ["red", "#fff", "#3b5bdb}body{", "", "#3b5bdg"])
    expect(accentCss(wrong)).toBeNull();
});
