"use client";

import { TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "../controls/button";
import { Link } from "../controls/link";
import { TextField } from "../forms/text-field";
import type { Lenient } from "../given";
import { Dialog } from "./dialog";

export type Blocker = Lenient<{
  /** "2 active licenses". */
  label: string;
  /** Where they can be dealt with. */
  href?: string;
}>;

export type ConfirmDialogProps = Lenient<{
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** Names the act and the thing: "Delete Acme Ltd?". */
  title: string;
  description?: ReactNode;
  /** What happens, a line each. */
  consequences?: readonly ReactNode[];
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
  /** Something else to do instead: a "Archive instead" button. */
  alternative?: ReactNode;
}>;

/** Asks before something destructive, and says what it will do. */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  ...rest
}: ConfirmDialogProps) {
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      {...{ isOpen, onOpenChange, title, description }}
    >
      {/* Mounted anew at each opening, so what was typed last time is gone. */}
      <Question {...rest} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

type QuestionProps = Omit<
  ConfirmDialogProps,
  "isOpen" | "onOpenChange" | "title" | "description"
> & { onCancel: () => void };

function Question({
  consequences = [],
  blockers = [],
  confirmLabel,
  cancelLabel = "Cancel",
  typeToConfirm,
  onConfirm,
  isPending,
  error,
  tone = "danger",
  alternative,
  onCancel,
}: QuestionProps) {
  const [typed, setTyped] = useState("");
  const isBlocked = blockers.length > 0;
  const isTyped = !typeToConfirm || typed.trim() === typeToConfirm;
  return (
    <form
      className="flex flex-col gap-4 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBlocked && isTyped && !isPending) onConfirm();
      }}
    >
      {isBlocked ? <Blockers blockers={blockers} /> : null}
      {consequences.length > 0 && !isBlocked ? (
        <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-muted marker:text-ink-faint">
          {consequences.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      ) : null}
      {typeToConfirm && !isBlocked ? (
        <TextField
          label={`Type ${typeToConfirm} to confirm`}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          autoFocus
        />
      ) : null}
      {error ? (
        <p role="alert" className="text-danger">
          {error}
        </p>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        {alternative}
        <Button onPress={onCancel} autoFocus={!typeToConfirm}>
          {cancelLabel}
        </Button>
        <Button
          type="submit"
          variant={tone}
          isPending={isPending}
          isDisabled={isBlocked || !isTyped}
        >
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}

function Blockers({ blockers }: { blockers: readonly Blocker[] }) {
  return (
    <div className="flex gap-2 rounded-lg border border-warning-line bg-warning-tint p-3 text-warning">
      <TriangleAlert aria-hidden className="icon mt-0.5" />
      <div>
        <p className="font-medium">
          This is not possible yet. First deal with:
        </p>
        <ul className="mt-1 flex flex-col gap-1">
          {blockers.map(({ label, href }) => (
            <li key={label}>
              {href ? (
                <Link href={href} inline className="text-warning">
                  {label}
                </Link>
              ) : (
                label
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
