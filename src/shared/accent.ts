type Rgb = readonly [number, number, number];
type Theme = "light" | "dark";

/** The five variables of globals.css that a seller's colour replaces, in one theme. */
export type AccentShades = Record<
  "accent" | "accent-hover" | "accent-ink" | "accent-text" | "accent-tint",
  string
>;

/** The accent of an app whose seller has set none. */
export const defaultAccent = "#3b5bdb";

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const darkInk = parse("#18181b");
/** Of globals.css: what is under the accent, and its faintest text. */
const themes = {
  light: {
    surfaces: [white, parse("#f1f1f2")],
    faint: parse("#6a6a73"),
    paper: white,
    tint: 0.08,
  },
  dark: {
    surfaces: [parse("#0d0d0e"), parse("#1e1e21")],
    faint: parse("#8f9099"),
    paper: parse("#0d0d0e"),
    tint: 0.22,
  },
} satisfies Record<Theme, unknown>;

/**
 * The accent variables of both themes for a seller's colour, as CSS text for a style element;
 * null for anything but `#rrggbb`.
 */
export function accentCss(color: string): string | null {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null;
  const block = (theme: Theme) =>
    Object.entries(accentShades(color, theme))
      .map(([name, value]) => `--${name}:${value}`)
      .join(";");
  return `:root{${block("light")}}[data-theme="dark"]{${block("dark")}}`;
}

/**
 * The shades of a colour, `#rrggbb`, in a theme: the nearest darker or lighter ones on which and
 * in which text has a contrast of 4.5 : 1, and shapes one of 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export function accentShades(color: string, theme: Theme): AccentShades {
  const base = parse(color);
  const { surfaces, faint, paper, tint: share } = themes[theme];
  const { fill, ink } = fillOf(base, surfaces);
  const tint = nearest(
    (less) => mix(paper, base, share * (1 - less)),
    (shade) => contrast(faint, shade) >= 4.6,
  );
  const far = theme === "light" ? black : white;
  const text = nearest(
    (step) => mix(base, far, step),
    (shade) =>
      [...surfaces, tint].every((under) => contrast(shade, under) >= 4.6),
  );
  return {
    accent: hex(fill),
    "accent-hover": hex(mix(fill, ink === white ? black : white, 0.12)),
    "accent-ink": hex(ink),
    "accent-text": hex(text),
    "accent-tint": hex(tint),
  };
}

// The shade that lies nearest to the colour, whether darker or lighter, and the ink for it.
function fillOf(base: Rgb, surfaces: readonly Rgb[]): { fill: Rgb; ink: Rgb } {
  for (let step = 0; step <= 100; step += 1)
    for (const towards of [black, white]) {
      const fill = mix(base, towards, step / 100);
      if (surfaces.some((under) => contrast(fill, under) < 3.05)) continue;
      for (const ink of [white, darkInk])
        if (contrast(ink, fill) >= 4.55) return { fill, ink };
    }
  return { fill: parse(defaultAccent), ink: white };
}

function nearest(shade: (share: number) => Rgb, fits: (rgb: Rgb) => boolean) {
  for (let step = 0; step < 50; step += 1) {
    const found = shade(step / 50);
    if (fits(found)) return found;
  }
  return shade(1);
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (from: number, to: number) =>
    Math.round(from + (to - from) * share);
  return [part(a[0], b[0]), part(a[1], b[1]), part(a[2], b[2])];
}

function parse(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
