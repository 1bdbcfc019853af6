import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "../controls/link";

export type Crumb = { label: string; href: string };

export type PageHeaderProps = {
  title: ReactNode;
  /** A CopyableId under the title. */
  id?: ReactNode;
  /** StatusBadges beside the title. */
  badges?: ReactNode;
  description?: ReactNode;
  /** The way up, outermost first; the page itself is left out. */
  breadcrumbs?: readonly Crumb[];
  /** At most two buttons, the primary one last, and a Menu for the rest. */
  actions?: ReactNode;
};

/** The top of a page: where it is, what it is, and what one can do. */
export function PageHeader({
  title,
  id,
  badges,
  description,
  breadcrumbs,
  actions,
}: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-1">
      {breadcrumbs ? <Breadcrumbs crumbs={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold text-balance break-words">
              {title}
            </h1>
            {badges}
          </div>
          {id ? <div className="mt-0.5">{id}</div> : null}
          {description ? (
            <p className="mt-1 max-w-2xl text-sm text-ink-muted">
              {description}
            </p>
          ) : null}
        </div>
        {actions ? (
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        ) : null}
      </div>
    </header>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-ink-faint">
        {crumbs.map(({ label, href }) => (
          <li key={href} className="flex items-center gap-1">
            <Link
              href={href}
              tone="muted"
              className="inline-flex min-h-6 items-center"
            >
              {label}
            </Link>
            <ChevronRight aria-hidden className="h-3 w-3" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
