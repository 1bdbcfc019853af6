import NextLink from "next/link";
import type { ComponentProps } from "react";
import { tv } from "tailwind-variants/lite";

const linkStyle = tv({
  base: "rounded-sm",
  variants: {
    tone: {
      accent: "text-accent-text hover:underline underline-offset-4",
      ink: "font-medium text-ink hover:underline underline-offset-4 decoration-line-strong",
      muted: "text-ink-muted hover:text-ink hover:underline underline-offset-4",
    },
    inline: {
      true: "underline underline-offset-4 decoration-from-font hover:no-underline",
    },
  },
  defaultVariants: { tone: "accent" },
});

export type LinkProps = ComponentProps<typeof NextLink> & {
  /** "accent" in text, "ink" for names in tables, "muted" for breadcrumbs. */
  tone?: "accent" | "ink" | "muted";
  /** Underlined, so that it does not rely on colour inside a sentence. */
  inline?: boolean;
};

/** A link in the app. Prefetches as next/link does. */
export function Link({ tone, inline, className, ...props }: LinkProps) {
  return (
    <NextLink {...props} className={linkStyle({ tone, inline, className })} />
  );
}
