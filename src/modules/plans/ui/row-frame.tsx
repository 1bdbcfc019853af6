"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Card } from "@/ui/display/card";

export type RowsCardProps = {
  title: string;
  description: string;
  /** "Add price". */
  addLabel: string;
  onAdd: () => void;
  /** Said while there are no rows. */
  none: string;
  count: number;
  /** What the form calls the list, for errors of the whole list. */
  name: string;
  error?: string | undefined;
  children: ReactNode;
};

/** A part of the editor with rows that can be added and removed. */
export function RowsCard(props: RowsCardProps) {
  const { title, description, addLabel, onAdd, none, count, name } = props;
  return (
    <Card
      title={title}
      description={description}
      flush
      actions={
        <Button size="sm" icon={<Plus />} onPress={onAdd}>
          {addLabel}
        </Button>
      }
    >
      <div data-field={name} className="divide-y">
        {props.error ? (
          <p role="alert" className="px-4 py-2 text-xs text-danger">
            {props.error}
          </p>
        ) : null}
        {count === 0 ? (
          <p className="px-4 py-3 text-sm text-ink-muted">{none}</p>
        ) : null}
        {props.children}
      </div>
    </Card>
  );
}

export type RowProps = {
  /** "Price 1". */
  label: string;
  onRemove: () => void;
  children: ReactNode;
};

/** One row, as a group of fields with its own remove button. */
export function Row({ label, onRemove, children }: RowProps) {
  return (
    <div role="group" aria-label={label} className="flex gap-2 p-4">
      <div className="min-w-0 flex-1">{children}</div>
      <IconButton
        label={`Remove ${label.toLowerCase()}`}
        icon={<X />}
        onPress={onRemove}
      />
    </div>
  );
}
