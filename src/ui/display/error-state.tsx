"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../controls/button";
import { CopyableId } from "./copyable-id";

export type ErrorStateProps = {
  /** "Customers could not be loaded". */
  title?: string;
  /** What happened and what to do; the API's `error` text. */
  description?: ReactNode;
  /** To give to support: `req_…`. */
  requestId?: string;
  /** What the id is called. */
  requestIdLabel?: string;
  onRetry?: () => void;
  isRetrying?: boolean;
  /** Another way on: a LinkButton. */
  action?: ReactNode;
};

/** Something failed: what, the id to report it by, and a way on. */
export function ErrorState({
  title = "This could not be loaded",
  description = "Something went wrong on our side. Trying again often helps.",
  requestId,
  requestIdLabel = "Request",
  onRetry,
  isRetrying,
  action,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-2 px-4 py-12 text-center"
    >
      <span
        aria-hidden
        className="mb-1 flex h-10 w-10 items-center justify-center rounded-lg border border-danger-line bg-danger-tint text-danger"
      >
        <TriangleAlert className="icon" />
      </span>
      <h2 className="text-sm font-semibold">{title}</h2>
      <p className="max-w-md text-sm text-balance text-ink-muted">
        {description}
      </p>
      {requestId ? (
        <p className="flex items-center gap-2 text-xs text-ink-faint">
          {requestIdLabel}
          <CopyableId id={requestId} label={requestIdLabel} />
        </p>
      ) : null}
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        {onRetry ? (
          <Button icon={<RotateCw />} onPress={onRetry} isPending={isRetrying}>
            Try again
          </Button>
        ) : null}
        {action}
      </div>
    </div>
  );
}
