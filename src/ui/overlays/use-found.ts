"use client";

import { useEffect, useState } from "react";
import type { Command } from "./command-palette";

type Search = (
  query: string,
  signal: AbortSignal,
) => Promise<readonly Command[]>;

type Answer = { query: string; found: readonly Command[]; hasFailed: boolean };

const none: readonly Command[] = [];
const pauseMs = 120;

/** Asks `search` once typing pauses; an answer to an older query is dropped. */
export function useFound(query: string, search: Search | undefined) {
  const [answer, setAnswer] = useState<Answer>({
    query: "",
    found: none,
    hasFailed: false,
  });
  const wanted = query.trim();
  useEffect(() => {
    if (!wanted || !search) return;
    const abort = new AbortController();
    const answerWith = (found: readonly Command[], hasFailed: boolean) => {
      if (!abort.signal.aborted) setAnswer({ query: wanted, found, hasFailed });
    };
    const timer = setTimeout(() => {
      search(wanted, abort.signal).then(
        (found) => answerWith(found, false),
        () => answerWith(none, true),
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted, search]);
  return {
    found: wanted && search ? answer.found : none,
    isSearching: Boolean(wanted && search) && answer.query !== wanted,
    hasFailed: answer.hasFailed && answer.query === wanted,
  };
}
