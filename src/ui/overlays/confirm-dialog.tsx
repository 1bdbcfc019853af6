"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { useWanted } from "./use-wanted";

const ConfirmPanel = dynamic(() => import("./confirm-panel"), { ssr: false });

export type Blocker = {
  /** "2 active licenses". */
  label: string;
  /** Where they can be dealt with. */
  href?: string;
};

export type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Names the act and the thing: "Delete Acme Ltd?". */
  title: string;
  description?: ReactNode;
  /** What happens, a line each. */
  consequences?: readonly ReactNode[];
  /** What must be chosen with it: a field or two. */
  children?: ReactNode;
  /** What stands in the way; while there is any, confirming is impossible. */
  blockers?: readonly Blocker[];
  /** The verb on the button: "Delete customer". */
  confirmLabel: string;
  cancelLabel?: string;
  /** For what cannot be undone: this text must be typed first. */
  typeToConfirm?: string;
  onConfirm: () => void;
  isPending?: boolean;
  /** What went wrong on the last try. */
  error?: string;
  tone?: "danger" | "primary";
  /** Something else to do instead: an "Archive instead" button. */
  alternative?: ReactNode;
};

/** Asks before something destructive, and says what it will do. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const isWanted = useWanted(props.isOpen);
  return isWanted ? <ConfirmPanel {...props} /> : null;
}
