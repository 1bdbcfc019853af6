"use client";

import { useEffect, useRef, useState } from "react";

/**
 * Whether the content of `ref` is wider than it. Only then does a table scroll inside its
 * frame: a scrolling frame would keep the header from sticking to the window.
 */
export function useOverflow() {
  const ref = useRef<HTMLDivElement>(null);
  const [isOverflowing, setOverflowing] = useState(false);
  useEffect(() => {
    const frame = ref.current;
    if (!frame || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      const table = frame.firstElementChild;
      setOverflowing((table?.scrollWidth ?? 0) > frame.clientWidth + 1);
    });
    observer.observe(frame);
    if (frame.firstElementChild) observer.observe(frame.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return { ref, isOverflowing };
}
