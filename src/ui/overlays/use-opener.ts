"use client";

import {
  cloneElement,
  useMemo,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from "react";
import type { PressProps } from "../controls/press";
import { useWanted } from "./use-wanted";

/** A Button or IconButton of ours. */
export type Trigger = ReactElement<PressProps>;

export type OpenerOptions = {
  popup: "menu" | "dialog";
  /** Fetches the overlay's code, once the pointer or the focus is on the button. */
  preload: () => void;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

const openingKeys = {
  menu: ["Enter", " ", "ArrowDown", "ArrowUp"],
  dialog: ["Enter", " "],
};

/**
 * Makes `trigger` open an overlay whose code is not loaded before it is wanted. `button` is
 * the trigger to render, `anchor` the element to place the overlay at.
 */
export function useOpener(trigger: Trigger, options: OpenerOptions) {
  const { popup, preload, onOpenChange } = options;
  const [element, setElement] = useState<HTMLButtonElement | null>(null);
  const anchor = useMemo(() => ({ current: element }), [element]);
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = options.isOpen ?? ownOpen;
  const isWanted = useWanted(isOpen);
  function setOpen(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }
  const { props } = trigger;
  const button = cloneElement(trigger, {
    ref: setElement,
    "aria-haspopup": popup,
    "aria-expanded": isOpen,
    onPress: (event) => {
      props.onPress?.(event);
      setOpen(!isOpen);
    },
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event);
      preload();
    },
    onFocus: (event) => {
      props.onFocus?.(event);
      preload();
    },
    onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => {
      props.onKeyDown?.(event);
      if (props.onPress || props.isPending || event.repeat) return;
      if (!openingKeys[popup].includes(event.key)) return;
      // A click by a key would pass for a screen reader's, for which the focus waits until nothing moves
      // any more: now and then it then never comes to the overlay.
      event.preventDefault();
      setOpen(true);
    },
  });
  return { anchor, button, isOpen, isWanted, setOpen };
}
