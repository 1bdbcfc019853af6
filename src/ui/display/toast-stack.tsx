"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import { Toaster, toast } from "sonner";
import type { News } from "./toaster";

const parts = {
  toast:
    "flex w-full items-start gap-2 rounded-lg bg-overlay p-3 text-sm text-ink shadow-overlay",
  content: "min-w-0 flex-1",
  title: "font-medium",
  description: "text-ink-muted",
  icon: "mt-0.5 flex shrink-0 [&_svg]:h-4 [&_svg]:w-4",
  success: "[&_[data-icon]]:text-success",
  error: "[&_[data-icon]]:text-danger",
  actionButton:
    "ml-2 h-7 shrink-0 cursor-pointer rounded-md border border-line-strong px-2 text-xs font-medium hover:bg-muted pointer-coarse:h-11",
};

export type ToastStackProps = {
  news: readonly News[];
  /** Called with what has been shown. */
  onShown: (news: readonly News[]) => void;
};

/** The toasts themselves; loaded with the first. */
export default function ToastStack({ news, onShown }: ToastStackProps) {
  const { resolvedTheme } = useTheme();
  const told = useRef(new WeakSet<News>());
  useEffect(() => {
    if (news.length === 0) return;
    for (const piece of news) {
      if (!told.current.has(piece)) tell(piece);
      told.current.add(piece);
    }
    onShown(news);
  }, [news, onShown]);
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      gap={8}
      style={{ fontFamily: "inherit" }}
      toastOptions={{ unstyled: true, classNames: parts }}
      containerAriaLabel="Notifications"
    />
  );
}

function tell({ tone, title, description, undo }: News) {
  toast[tone](title, {
    description,
    duration: undo ? 8000 : tone === "error" ? 10_000 : 5000,
    action: undo ? { label: undo.label, onClick: undo.onUndo } : undefined,
  });
}
