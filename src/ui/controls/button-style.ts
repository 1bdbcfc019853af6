const base = [
  "relative inline-flex shrink-0 cursor-pointer items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
  "transition-colors disabled:cursor-default disabled:opacity-50 pending:cursor-default",
  "pointer-coarse:min-h-11",
].join(" ");

const variants = {
  primary:
    "border-transparent bg-accent text-accent-ink hover:bg-accent-hover disabled:bg-accent",
  secondary:
    "border-line-strong bg-canvas text-ink hover:bg-subtle active:bg-muted aria-expanded:bg-muted disabled:bg-canvas",
  ghost:
    "border-transparent bg-transparent text-ink-muted hover:bg-muted hover:text-ink aria-expanded:bg-muted aria-expanded:text-ink disabled:bg-transparent",
  danger:
    "border-transparent bg-danger-fill text-accent-ink hover:bg-danger-hover disabled:bg-danger-fill",
} as const;

const sizes = {
  sm: { wide: "h-7 px-2 text-xs", square: "h-7 w-7" },
  md: { wide: "h-8 px-3 text-sm", square: "h-8 w-8" },
} as const;

export type ButtonStyle = {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
};

type Look = ButtonStyle & { isSquare?: boolean; className?: string };

/** The look that Button, LinkButton and IconButton share. */
export function buttonStyle({
  variant = "secondary",
  size = "md",
  isSquare = false,
  className = "",
}: Look): string {
  const { wide, square } = sizes[size];
  const shape = isSquare ? `${square} pointer-coarse:min-w-11` : wide;
  return `${base} ${variants[variant]} ${shape} ${className}`;
}
