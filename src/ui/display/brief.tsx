"use client";

import type { ReactNode } from "react";
import { failureOf } from "@/client/failure";
import { ErrorState } from "./error-state";
import { Skeleton } from "./skeletons";

/** How many a brief asks for. */
export const shownAtMost = 5;

export type BriefProps<T> = {
  /** What `useRead` gives for the first page. */
  read: {
    data?: { items: T[]; total: number } | undefined;
    error: unknown;
    refetch: () => unknown;
    isFetching: boolean;
  };
  /** "Licenses". */
  what: string;
  /** Said where there is none. */
  empty: string;
  children: (items: T[]) => ReactNode;
};

/** The newest of somebody's things in short: while they come, when they do not, and when there are none. */
export function Brief<T>({ read, what, empty, children }: BriefProps<T>) {
  const { data, error, refetch, isFetching } = read;
  if (error && !data)
    return (
      <ErrorState
        title={`${what} could not be loaded`}
        description={failureOf(error).message}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  if (!data) return <Skeleton className="h-32 w-full" />;
  if (data.items.length === 0) return <p className="text-ink-muted">{empty}</p>;
  return (
    <>
      <div className="w-full rounded-lg border">{children(data.items)}</div>
      {data.total > shownAtMost ? (
        <p className="mt-2 text-xs text-ink-faint">
          {`The newest ${shownAtMost} of ${data.total}.`}
        </p>
      ) : null}
    </>
  );
}

export type BriefLineProps = {
  name: ReactNode;
  /** What is to know of it, in small letters below the name. */
  facts: ReactNode;
  children: ReactNode;
};

/** One thing of a brief: its name over its facts, and what stands at the end of the line. */
export function BriefLine({ name, facts, children }: BriefLineProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{name}</p>
        <p className="text-xs text-ink-faint">{facts}</p>
      </div>
      {children}
    </li>
  );
}
