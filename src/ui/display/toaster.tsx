"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { useWanted } from "../overlays/use-wanted";

const ToastStack = dynamic(() => import("./toast-stack"), { ssr: false });

export type News = {
  tone: "success" | "error";
  title: string;
  description?: string;
  undo?: { label: string; onUndo: () => void };
};

const none: readonly News[] = [];
let waiting: readonly News[] = none;
const listeners = new Set<() => void>();

type Details = { description?: string };

/** Short news about what the viewer just did. What must not be missed belongs on the page. */
export const toast = {
  /** "Customer created". */
  success: (title: string, details: Details = {}) =>
    tell({ tone: "success", title, ...details }),
  /** What failed and what to do; stays 10 s. */
  error: (title: string, details: Details = {}) =>
    tell({ tone: "error", title, ...details }),
  /** "License archived" with an Undo button for 8 s. */
  undo: (title: string, onUndo: () => void, label = "Undo") =>
    tell({ tone: "success", title, undo: { label, onUndo } }),
};

/** Where toasts appear; once, in the providers. */
export function Toaster() {
  const news = useSyncExternalStore(
    subscribe,
    () => waiting,
    () => none,
  );
  const isWanted = useWanted(news.length > 0);
  return isWanted ? <ToastStack news={news} onShown={forget} /> : null;
}

function tell(news: News) {
  change([...waiting, news]);
}

function forget(shown: readonly News[]) {
  change(waiting.filter((news) => !shown.includes(news)));
}

function change(next: readonly News[]) {
  waiting = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
