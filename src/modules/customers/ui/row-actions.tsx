"use client";

import { Eye, Pencil, Trash2 } from "lucide-react";
import { IconButton } from "@/ui/controls/icon-button";
import type { Customer } from "../contract";

export type CustomerDialog = "details" | "edit" | "delete";

export type RowActionsProps = {
  customer: Customer;
  /** Whether the viewer's role may change customers. */
  mayWrite: boolean;
  onOpen: (dialog: CustomerDialog, id: string) => void;
};

/** View, edit and delete, at the end of a customer's row. */
export function RowActions({ customer, mayWrite, onOpen }: RowActionsProps) {
  const { id, name } = customer;
  return (
    <span className="inline-flex align-middle">
      <IconButton
        label={`View ${name}`}
        icon={<Eye />}
        size="sm"
        onPress={() => onOpen("details", id)}
      />
      {mayWrite ? (
        <>
          <IconButton
            label={`Edit ${name}`}
            icon={<Pencil />}
            size="sm"
            onPress={() => onOpen("edit", id)}
          />
          <IconButton
            label={`Delete ${name}`}
            icon={<Trash2 />}
            size="sm"
            onPress={() => onOpen("delete", id)}
          />
        </>
      ) : null}
    </span>
  );
}
