"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useWanted } from "./use-wanted";

const DialogPanel = dynamic(() => import("./dialog-panel"), { ssr: false });

export type DialogProps = {
  isOpen: boolean;
  /** Called with false on Esc, the close button and a press outside. */
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, the primary one last. A submit button takes `form="…"` of the Form inside. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  /** True while something typed is not saved: closing then asks first. */
  isDirty?: boolean;
  role?: "dialog" | "alertdialog";
};

/** A modal dialog; on a phone it fills the screen. Put its state in the URL where it has a meaning. */
export function Dialog(props: DialogProps) {
  const isWanted = useWanted(props.isOpen);
  return isWanted ? <DialogPanel {...props} /> : null;
}
