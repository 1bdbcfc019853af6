import { accentShades } from "@/shared/accent";

const papers = {
  light: { canvas: "#ffffff", ink: "#18181b" },
  dark: { canvas: "#0d0d0e", ink: "#ededef" },
} as const;

/** What becomes of a colour, `#rrggbb`, in both themes. */
export function AccentPreview({ color }: { color: string }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {(["light", "dark"] as const).map((theme) => (
        <Sample key={theme} theme={theme} color={color} />
      ))}
    </div>
  );
}

function Sample({ theme, color }: { theme: "light" | "dark"; color: string }) {
  const { canvas, ink } = papers[theme];
  const shades = accentShades(color, theme);
  const isMoved = shades.accent !== color.toLowerCase();
  return (
    <figure className="min-w-0">
      <div
        aria-hidden
        className="flex flex-wrap items-center gap-3 rounded-lg border p-3 text-sm"
        style={{ background: canvas, color: ink }}
      >
        <span
          className="rounded-md px-3 py-1.5 font-medium"
          style={{ background: shades.accent, color: shades["accent-ink"] }}
        >
          Button
        </span>
        <span style={{ color: shades["accent-text"] }}>Link</span>
        <span
          className="rounded-md px-2 py-1"
          style={{ background: shades["accent-tint"] }}
        >
          Chosen
        </span>
      </div>
      <figcaption className="mt-1 text-xs text-ink-faint">
        {theme === "light" ? "Light" : "Dark"}
        {isMoved ? `: ${shades.accent}, so that text on it can be read` : ""}
      </figcaption>
    </figure>
  );
}
