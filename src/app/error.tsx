"use client";

import { useRouter } from "next/navigation";
import { StatusPage } from "@/ui/shell/status-page";

export type ErrorPageProps = {
  error: Error & { digest?: string };
  reset: () => void;
};

/**
 * A page that failed outside the shells. Plain on purpose: every page of the app loads it.
 * The digest is in the server's log beside the request's id.
 */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const router = useRouter();
  return (
    <main>
      <StatusPage
        code="500"
        title="Something went wrong"
        description="The page could not be shown. Nothing you saved is lost; trying again often helps."
        reference={
          error.digest ? (
            <p className="text-xs text-ink-faint">
              Reference{" "}
              <code className="font-mono text-ink-muted select-all">
                {error.digest}
              </code>
            </p>
          ) : null
        }
        actions={
          <>
            <button
              type="button"
              onClick={reset}
              className="h-8 cursor-pointer rounded-md bg-accent px-3 text-sm font-medium text-accent-ink hover:bg-accent-hover pointer-coarse:min-h-11"
            >
              Try again
            </button>
            <button
              type="button"
              onClick={() => router.push("/")}
              className="h-8 cursor-pointer rounded-md border border-line-strong px-3 text-sm font-medium hover:bg-subtle pointer-coarse:min-h-11"
            >
              Go to the start
            </button>
          </>
        }
      />
    </main>
  );
}
