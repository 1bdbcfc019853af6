"use client";

import {
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import type { PressProps } from "./press";

const lingerMs = 80;

/**
 * When a control's tooltip shows: after `delay` ms under a mouse, at once on keyboard focus;
 * not on touch. It goes on Esc, on a press and, after a moment that lets the pointer reach
 * it, when the pointer leaves (WCAG 2.2, 1.4.13).
 */
export function useHint(delay: number) {
  const anchor = useRef<HTMLButtonElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isOpen, setOpen] = useState(false);
  /** The bubble's code is loaded when it is first wanted. */
  const [isWanted, setWanted] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  function change(next: boolean, ms: number) {
    clearTimeout(timer.current);
    if (next) setWanted(true);
    timer.current = setTimeout(() => setOpen(next), ms);
  }
  const handlers = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === "mouse" && !isExpanded(event.currentTarget))
        change(true, delay);
    },
    onPointerLeave: () => change(false, lingerMs),
    onPointerDown: () => change(false, 0),
    onFocus: (event: FocusEvent) => {
      if (event.currentTarget.matches(":focus-visible")) change(true, 0);
    },
    onBlur: () => change(false, 0),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape" || event.key === "Enter") change(false, 0);
    },
  };
  return { anchor, isOpen, isWanted, change, handlers };
}

type Handlers = ReturnType<typeof useHint>["handlers"];

/** Runs the control's own handlers as well as the hint's. */
export function joinHandlers(hint: Handlers, own: PressProps): PressProps {
  return {
    onPointerEnter: (event) => {
      hint.onPointerEnter(event);
      own.onPointerEnter?.(event);
    },
    onPointerLeave: (event) => {
      hint.onPointerLeave();
      own.onPointerLeave?.(event);
    },
    onPointerDown: (event) => {
      hint.onPointerDown();
      own.onPointerDown?.(event);
    },
    onFocus: (event) => {
      hint.onFocus(event);
      own.onFocus?.(event);
    },
    onBlur: (event) => {
      hint.onBlur();
      own.onBlur?.(event);
    },
    onKeyDown: (event) => {
      hint.onKeyDown(event);
      own.onKeyDown?.(event);
    },
  };
}

function isExpanded(control: Element) {
  return control.getAttribute("aria-expanded") === "true";
}
