"use client";

import { useRef, useState } from "react";
import type { Versioned } from "@/shared/version";
import { useTimeZone } from "@/ui/display/time-zone";
import { timeText } from "@/ui/format/time";
import { ApiError } from "./call";

export type SeenOptions<T> = {
  /** Reads the thing again, after somebody else changed it. */
  reread: () => Promise<T>;
  /** What differs between two states, as people call it: ["Phone", "Company"]. */
  differing?: (seen: T, now: T) => string[];
};

/**
 * For a form over one thing, kept as it was when the form opened. `change` sends under that
 * version; when somebody else changed it meanwhile it throws who and when, nothing typed is lost,
 * and the next try goes on top of their change.
 */
export function useSeen<T extends Versioned>(
  given: T,
  { reread, differing }: SeenOptions<T>,
) {
  const [opened] = useState(given);
  const seen = useRef(given);
  const timeZone = useTimeZone();

  async function change<R>(send: (ifMatch: T) => Promise<R>): Promise<R> {
    try {
      return await send(seen.current);
    } catch (error) {
      if (!isStale(error)) throw error;
      const now = await reread();
      const fields = differing?.(seen.current, now) ?? [];
      seen.current = now;
      const words = [
        whoAndWhen(error, timeZone),
        ...(fields.length > 0 ? [`What changed: ${fields.join(", ")}.`] : []),
        "What you typed is still here: save again to put it on top.",
      ];
      throw new ApiError(412, { ...error.body, error: words.join(" ") });
    }
  }

  return { opened, change };
}

function isStale(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "PRECONDITION_FAILED";
}

function whoAndWhen({ body }: ApiError, timeZone: string): string {
  // Safe: the details of this code, read as if each part could be missing.
  const { changed_by, changed_at } = (body.details ?? {}) as {
    changed_by?: { name?: string } | null;
    changed_at?: string;
  };
  const at = changed_at
    ? ` on ${timeText(new Date(changed_at), "datetime", timeZone)}`
    : "";
  return `${changed_by?.name ?? "Somebody else"} changed this${at}, after you opened it.`;
}
