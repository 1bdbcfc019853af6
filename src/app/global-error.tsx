"use client";

import "./globals.css";
import type { ErrorPageProps } from "./error";

/** The last resort, when the layout itself failed: plain HTML that needs no provider. */
export default function GlobalError({ error, reset }: ErrorPageProps) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-3 px-4 text-center">
          <h1 className="text-xl font-semibold">Something went wrong</h1>
          <p className="max-w-md text-sm text-ink-muted">
            The app could not be shown. Trying again often helps.
          </p>
          {error.digest ? (
            <p className="font-mono text-xs text-ink-faint">{error.digest}</p>
          ) : null}
          <button
            type="button"
            onClick={reset}
            className="h-8 cursor-pointer rounded-md bg-accent px-3 text-sm font-medium text-accent-ink hover:bg-accent-hover"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
