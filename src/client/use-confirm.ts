"use client";

import { useState } from "react";
import type { Blocker } from "@/ui/overlays/confirm-dialog";
import { ApiError } from "./call";
import { failureOf } from "./failure";

/**
 * What a ConfirmDialog needs to do `work`: `<ConfirmDialog {...useConfirm(work)} />`. What stands
 * in the way (409 with blockers) is listed, any other failure said; `work` closes the dialog. `wordsOf` says what stands in the way
 * to people who do not read it as the API names it.
 */
export function useConfirm(
  work: () => Promise<unknown>,
  wordsOf: (found: Found[]) => Blocker[] = plainWords,
) {
  const [isPending, setPending] = useState(false);
  const [blockers, setBlockers] = useState<Blocker[]>([]);
  const [error, setError] = useState<string>();
  async function run() {
    setPending(true);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      const found = wordsOf(blockersOf(thrown));
      setBlockers(found);
      if (found.length === 0) setError(failureOf(thrown).message);
      setPending(false);
    }
  }
  return { onConfirm: () => void run(), isPending, blockers, error };
}

type Found = { kind: string; count: number };

function plainWords(found: Found[]): Blocker[] {
  return found.map(({ kind, count }) => ({ label: `${count} ${kind}` }));
}

function blockersOf(error: unknown): Found[] {
  if (!(error instanceof ApiError) || error.status !== 409) return [];
  const { details } = error.body;
  if (typeof details !== "object" || details === null) return [];
  const found: unknown = "blockers" in details ? details.blockers : null;
  return Array.isArray(found) ? found.flatMap(toBlocker) : [];
}

function toBlocker(value: unknown): Found[] {
  if (typeof value !== "object" || value === null) return [];
  if (!("kind" in value) || !("count" in value)) return [];
  return [{ kind: String(value.kind), count: Number(value.count) }];
}
