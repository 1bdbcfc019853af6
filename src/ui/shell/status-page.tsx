import type { ReactNode } from "react";

export type StatusPageProps = {
  /** "404". */
  code: string;
  title: string;
  description: ReactNode;
  /** The request's id, to report the page by. */
  reference?: ReactNode;
  actions: ReactNode;
};

/** A whole page that says why there is no page, and leads on. Works in and out of a shell. */
export function StatusPage({
  code,
  title,
  description,
  reference,
  actions,
}: StatusPageProps) {
  return (
    <div className="flex min-h-[60dvh] flex-col items-center justify-center gap-2 px-4 py-16 text-center">
      <p className="font-mono text-sm text-ink-faint">{code}</p>
      <h1 className="text-xl font-semibold text-balance">{title}</h1>
      <p className="max-w-md text-sm text-balance text-ink-muted">
        {description}
      </p>
      {reference}
      <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>
    </div>
  );
}
