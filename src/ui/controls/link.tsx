import NextLink from "next/link";
import type { ComponentProps } from "react";

const tones = {
  accent: "text-accent-text hover:underline underline-offset-4",
  ink: "font-medium text-ink hover:underline underline-offset-4 decoration-line-strong",
  muted: "text-ink-muted hover:text-ink hover:underline underline-offset-4",
} as const;

const inSentence =
  "underline underline-offset-4 decoration-from-font hover:no-underline";

export type LinkProps = ComponentProps<typeof NextLink> & {
  /** "accent" in text, "ink" for names in tables, "muted" for breadcrumbs. */
  tone?: keyof typeof tones;
  /** Underlined, so that it does not rely on colour inside a sentence. */
  inline?: boolean;
};

/** A link in the app. Prefetches as next/link does. */
export function Link({
  tone = "accent",
  inline,
  className = "",
  ...props
}: LinkProps) {
  return (
    <NextLink
      {...props}
      className={`rounded-sm ${tones[tone]} ${inline ? inSentence : ""} ${className}`}
    />
  );
}
