import { tv, type VariantProps } from "tailwind-variants/lite";

/** The look that Button, LinkButton and IconButton share. */
export const buttonStyle = tv({
  base: [
    "relative inline-flex shrink-0 cursor-pointer items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors disabled:cursor-default disabled:opacity-50 pending:cursor-default",
    "pointer-coarse:min-h-10",
  ],
  variants: {
    variant: {
      primary:
        "border-transparent bg-accent text-accent-ink hover:bg-accent-hover disabled:bg-accent",
      secondary:
        "border-line-strong bg-canvas text-ink hover:bg-subtle active:bg-muted aria-expanded:bg-muted disabled:bg-canvas",
      ghost:
        "border-transparent bg-transparent text-ink-muted hover:bg-muted hover:text-ink aria-expanded:bg-muted aria-expanded:text-ink disabled:bg-transparent",
      danger:
        "border-transparent bg-danger-fill text-accent-ink hover:bg-danger-hover disabled:bg-danger-fill",
    },
    size: {
      sm: "h-7 px-2 text-xs",
      md: "h-8 px-3 text-sm",
    },
    square: { true: "px-0 pointer-coarse:min-w-10" },
  },
  compoundVariants: [
    { square: true, size: "sm", class: "w-7" },
    { square: true, size: "md", class: "w-8" },
  ],
  defaultVariants: { variant: "secondary", size: "md" },
});

export type ButtonStyle = VariantProps<typeof buttonStyle>;
