import type { ReactNode } from "react";
import { Brand, type BrandProps } from "./brand";

export type AuthShellProps = {
  brand: BrandProps;
  /** "Sign in". */
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Under the card: "No account yet? Register". */
  footer?: ReactNode;
};

/** A card in the middle of an empty page: sign in, register, reset, invitation, set-up. */
export function AuthShell({
  brand,
  title,
  description,
  children,
  footer,
}: AuthShellProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center gap-6 bg-subtle px-3 py-8">
      <header>
        <Brand {...brand} />
      </header>
      <main
        id="content"
        className="w-full max-w-sm rounded-xl border bg-canvas p-6"
      >
        <h1 className="text-lg font-semibold">{title}</h1>
        {description ? (
          <p className="mt-1 text-sm text-ink-muted">{description}</p>
        ) : null}
        <div className="mt-6">{children}</div>
      </main>
      {footer ? (
        <footer className="text-sm text-ink-muted [&_a]:underline">
          {footer}
        </footer>
      ) : null}
    </div>
  );
}
