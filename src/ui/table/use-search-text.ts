"use client";

import { useEffect, useState } from "react";

const pauseMs = 250;

/**
 * The text of a search box whose search lives in the URL: sent when typing pauses, and taken
 * over when the URL changes by itself (back, clear) but not by what was typed here.
 */
export function useSearchText(search: string, send: (text: string) => void) {
  const [state, setState] = useState({
    text: search,
    sent: search,
    seen: search,
  });
  if (search !== state.seen)
    setState({
      text: search === state.sent ? state.text : search,
      sent: search,
      seen: search,
    });

  const { text, sent } = state;
  useEffect(() => {
    if (text.trim() === sent) return;
    const timer = setTimeout(() => {
      setState((now) => ({ ...now, sent: text.trim() }));
      send(text.trim());
    }, pauseMs);
    return () => clearTimeout(timer);
  });
  return [
    text,
    (typed: string) => setState((now) => ({ ...now, text: typed })),
  ] as const;
}
