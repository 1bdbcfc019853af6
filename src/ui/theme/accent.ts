type Rgb = [number, number, number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
/** The lightest surface of the light theme's text and the darkest contrast of the dark one. */
const surfaces = { light: "#f1f1f2", dark: "#1e1e21" };

/**
 * The five accent variables of both themes for a seller's colour, `#rrggbb`, as CSS text
 * for a style element. Each shade is moved towards black or white until text on it or in it
 * has a contrast of 4.5 : 1 (WCAG 2.2, 1.4.3). Null for anything but a six-digit hex colour.
 */
export function accentCss(color: string): string | null {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null;
  return `:root{${declarations(shades(color, "light"))}}[data-theme="dark"]{${declarations(shades(color, "dark"))}}`;
}

export type AccentShades = {
  accent: string;
  "accent-hover": string;
  "accent-ink": string;
  "accent-text": string;
  "accent-tint": string;
};

/** The shades of one theme, for previews and tests. */
export function shades(color: string, theme: "light" | "dark"): AccentShades {
  const base = parse(color);
  const isPale = contrast(base, white) < contrast(base, black) / 3;
  const ink = isPale ? parse("#18181b") : white;
  const fill = until(base, isPale ? white : black, ink);
  const far = theme === "light" ? black : white;
  return {
    accent: hex(fill),
    "accent-hover": hex(mix(fill, isPale ? white : black, 0.12)),
    "accent-ink": hex(ink),
    "accent-text": hex(until(base, far, parse(surfaces[theme]))),
    "accent-tint": hex(
      theme === "light"
        ? mix(base, white, 0.92)
        : mix(base, parse("#0d0d0e"), 0.8),
    ),
  };
}

/** WCAG contrast of two `#rrggbb` colours, from 1 to 21. */
export function contrastRatio(a: string, b: string): number {
  return contrast(parse(a), parse(b));
}

function declarations(values: AccentShades) {
  return Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}

function until(from: Rgb, to: Rgb, against: Rgb): Rgb {
  for (let step = 0; step < 20; step++) {
    const shade = mix(from, to, step / 20);
    if (contrast(shade, against) >= 4.6) return shade;
  }
  return to;
}

function contrast(a: Rgb, b: Rgb) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(rgb: Rgb) {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return (
    0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
  );
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (a: number, b: number) => Math.round(a + (b - a) * share);
  return [part(from[0], to[0]), part(from[1], to[1]), part(from[2], to[2])];
}

function parse(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function hex(rgb: Rgb) {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
