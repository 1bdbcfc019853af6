"use client";

import type { Ref, RefCallback } from "react";
import { useJoinedRef } from "../controls/use-joined-ref";
import type { Early } from "./early-script";

declare global {
  interface Window {
    early?: Early;
  }
}

type Control = HTMLButtonElement | HTMLInputElement | HTMLTextAreaElement;

/** The ref of a control that makes up for what was done to it before React took it over. */
export function useEarly<T extends Control>(ref?: Ref<T>): RefCallback<T> {
  return useJoinedRef<T>(ref, takeUp);
}

function takeUp(control: Control | null): void {
  const { early } = window;
  if (!early || !control) return;
  early.live.add(control);
  // While React is at it, it hears nothing of its own page.
  if (early.typed.has(control)) queueMicrotask(() => retype(control));
  // After what is typed: a form is sent with all of it.
  if (early.pressed === control) setTimeout(() => repress(control), 0);
}

function retype(control: Control): void {
  const text = window.early?.typed.get(control);
  if (text === undefined) return;
  window.early?.typed.delete(control);
  // React looks away when the value is what was last set by the element's own property.
  const value = Object.getOwnPropertyDescriptor(
    Object.getPrototypeOf(control),
    "value",
  );
  value?.set?.call(control, text);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function repress(control: Control): void {
  if (window.early?.pressed !== control) return;
  window.early.pressed = null;
  control.click();
}
