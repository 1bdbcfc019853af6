"use client";

import {
  QueryClient,
  QueryClientProvider,
  useQuery,
  useQueryClient,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type ReactNode } from "react";
import type { CallInput, Endpoint, Received } from "@/shared/endpoint";
import { ApiError, call } from "./call";

/** Lets the parts of a page below it read endpoints; they share one cache in the browser. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(clientOfHere);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

export type ReadOptions<E> = {
  /** What the page has of it already. */
  initialData?: Received<E> | undefined;
  enabled?: boolean;
  /** Ask again this often while the page is in sight. */
  everyMs?: number;
  /** Show the last answer while one for other input is under way. */
  keepPrevious?: boolean;
};

/** Read an endpoint, typed by its contract. Failures are ApiErrors in `error`. */
export function useRead<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  { initialData, enabled, everyMs, keepPrevious }: ReadOptions<E> = {},
): UseQueryResult<Received<E>> {
  const options: UseQueryOptions<Received<E>> = {
    queryKey: [endpoint.id, input],
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
    meta: { isPreview: endpoint.method !== "GET" },
    ...(enabled !== undefined && { enabled }),
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
    ...(initialData !== undefined && { initialData: () => initialData }),
    ...(keepPrevious && {
      placeholderData: (last: Received<E> | undefined) => last,
    }),
  } as UseQueryOptions<Received<E>>; // Safe: answers are objects, never the functions it excludes.
  return useQuery(options);
}

/**
 * `refresh()` after a change: the server's part of the page and all that was read are renewed. Not
 * what asks what would be done: of a dialog that is just closing, it has been, and is refused.
 */
export function useRefresh(): () => void {
  const router = useRouter();
  const client = useQueryClient();
  return () => {
    router.refresh();
    void client.invalidateQueries({ refetchType: "none" });
    void client.refetchQueries({
      type: "active",
      predicate: ({ meta }) => meta?.["isPreview"] !== true,
    });
  };
}

let browserClient: QueryClient | undefined;

// On the server each render has its own: a shared one would show a customer's data to others.
function clientOfHere(): QueryClient {
  if (typeof window === "undefined") return makeClient();
  return (browserClient ??= makeClient());
}

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: 1_000, retry: isWorthRetrying } },
  });
}

function isWorthRetrying(count: number, error: unknown): boolean {
  const isRefusal =
    error instanceof ApiError && error.status >= 400 && error.status < 500;
  return !isRefusal && count < 2;
}
