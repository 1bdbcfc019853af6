import type { ReactNode } from "react";

export type CardProps = {
  title?: ReactNode;
  description?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  /** No padding round the children, for a table or a list that has its own. */
  flush?: boolean;
  /** The level of the title among the page's headings. */
  level?: 2 | 3;
  className?: string;
};

/** A bordered panel. */
export function Card({
  title,
  description,
  actions,
  footer,
  children,
  flush,
  level = 2,
  className = "",
}: CardProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={`min-w-0 rounded-lg border bg-canvas ${className}`}>
      {title || actions ? (
        <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2">
          <div className="min-w-0">
            <Heading className="text-sm font-semibold">{title}</Heading>
            {description ? (
              <p className="text-xs text-ink-faint">{description}</p>
            ) : null}
          </div>
          {actions ? (
            <div className="flex shrink-0 items-center gap-2">{actions}</div>
          ) : null}
        </header>
      ) : null}
      <div className={flush ? "" : "p-4"}>{children}</div>
      {footer ? (
        <footer className="border-t px-4 py-2 text-sm text-ink-muted">
          {footer}
        </footer>
      ) : null}
    </section>
  );
}
