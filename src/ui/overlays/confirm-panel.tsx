"use client";

import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "../controls/button";
import { Link } from "../controls/link";
import { TextField } from "../forms/text-field";
import type { Blocker, ConfirmDialogProps } from "./confirm-dialog";
import DialogPanel from "./dialog-panel";

/** The open question. */
export default function ConfirmPanel({
  isOpen,
  onOpenChange,
  title,
  description,
  ...rest
}: ConfirmDialogProps) {
  return (
    <DialogPanel
      role="alertdialog"
      size="sm"
      {...{ isOpen, onOpenChange, title, description }}
    >
      {/* Mounted anew at each opening, so what was typed last time is gone. */}
      <Question {...rest} onCancel={() => onOpenChange(false)} />
    </DialogPanel>
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
  children,
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
      {isBlocked ? null : children}
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
    <div className="flex gap-2 rounded-lg border border-warning-line bg-warning-tint p-3 text-ink">
      <TriangleAlert aria-hidden className="icon mt-0.5 text-warning" />
      <div>
        <p className="font-medium">
          This is not possible yet. First deal with:
        </p>
        <ul className="mt-1 flex flex-col gap-1">
          {blockers.map(({ label, href }) => (
            <li key={label}>
              {href ? (
                <Link href={href} inline tone="ink">
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
