import type { Config } from "tailwindcss";
import reactAria from "tailwindcss-react-aria-components";

const tone = (name: string) => ({
  DEFAULT: `var(--${name})`,
  tint: `var(--${name}-tint)`,
  line: `var(--${name}-line)`,
});

/** Every colour is a variable of src/app/globals.css, so themes need no second class name. */
const colors = {
  inherit: "inherit",
  current: "currentColor",
  transparent: "transparent",
  canvas: "var(--canvas)",
  subtle: "var(--subtle)",
  muted: "var(--muted)",
  overlay: "var(--overlay)",
  scrim: "var(--scrim)",
  ink: {
    DEFAULT: "var(--ink)",
    muted: "var(--ink-muted)",
    faint: "var(--ink-faint)",
  },
  line: { DEFAULT: "var(--line)", strong: "var(--line-strong)" },
  field: "var(--field)",
  accent: {
    DEFAULT: "var(--accent)",
    hover: "var(--accent-hover)",
    ink: "var(--accent-ink)",
    text: "var(--accent-text)",
    tint: "var(--accent-tint)",
  },
  neutral: tone("neutral"),
  info: tone("info"),
  success: tone("success"),
  warning: tone("warning"),
  danger: {
    ...tone("danger"),
    fill: "var(--danger-fill)",
    hover: "var(--danger-hover)",
  },
};

export default {
  content: ["./src/**/*.{ts,tsx}"],
  darkMode: ["selector", '[data-theme="dark"]'],
  theme: {
    colors,
    fontSize: {
      xs: ["0.75rem", { lineHeight: "1rem" }],
      sm: ["0.875rem", { lineHeight: "1.25rem" }],
      lg: ["1rem", { lineHeight: "1.5rem" }],
      xl: ["1.5rem", { lineHeight: "2rem", letterSpacing: "-0.02em" }],
    },
    fontFamily: {
      sans: ["var(--font-geist-sans)", "ui-sans-serif", "system-ui"],
      mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
    },
    borderRadius: {
      none: "0",
      sm: "4px",
      md: "6px",
      lg: "8px",
      xl: "12px",
      full: "9999px",
    },
    boxShadow: { none: "none", overlay: "var(--shadow-overlay)" },
    extend: {
      transitionDuration: { DEFAULT: "100ms" },
    },
  },
  plugins: [reactAria],
} satisfies Config;
