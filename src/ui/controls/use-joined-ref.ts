"use client";

import { useCallback, type Ref, type RefCallback } from "react";

type Given<T> = Ref<T> | undefined;

/** One ref that hands its element to both, and the same one while they are the same. */
export function useJoinedRef<T>(one: Given<T>, two: Given<T>): RefCallback<T> {
  return useCallback(
    (element: T | null) => {
      const drops = [attach(one, element), attach(two, element)];
      return () => drops.forEach((drop) => drop());
    },
    [one, two],
  );
}

function attach<T>(ref: Given<T>, element: T | null): () => void {
  if (typeof ref === "function") {
    const drop = ref(element);
    return () => (typeof drop === "function" ? drop() : ref(null));
  }
  if (ref) ref.current = element;
  return () => {
    if (ref) ref.current = null;
  };
}
