"use client";

import { useTheme } from "next-themes";
import { Toaster as Sonner, toast as show } from "sonner";
import type { Lenient } from "../given";

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
    "ml-2 h-7 shrink-0 cursor-pointer rounded-md border border-line-strong px-2 text-xs font-medium hover:bg-muted",
};

/** Where toasts appear; once, in the providers. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      gap={8}
      style={{ fontFamily: "inherit" }}
      toastOptions={{ unstyled: true, classNames: parts }}
      containerAriaLabel="Notifications"
    />
  );
}

type Details = Lenient<{ description?: string }>;

/** Short news about what the viewer just did. What must not be missed belongs on the page. */
export const toast = {
  /** "Customer created". */
  success: (title: string, details: Details = {}) =>
    show.success(title, { description: details.description }),
  /** What failed and what to do; stays 10 s. */
  error: (title: string, details: Details = {}) =>
    show.error(title, { description: details.description, duration: 10_000 }),
  /** "License archived" with an Undo button for 8 s. */
  undo: (title: string, onUndo: () => void, label = "Undo") =>
    show.success(title, {
      duration: 8000,
      action: { label, onClick: onUndo },
    }),
};
