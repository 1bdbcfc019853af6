"use client";

import { Ellipsis, Pencil, Pin, PinOff, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useAct } from "@/client/use-act";
import { IconButton } from "@/ui/controls/icon-button";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { Menu, type MenuEntry } from "@/ui/overlays/menu";
import type { Note } from "../contract";

const EditNoteDialog = dynamic(() => import("./edit-note-dialog"), {
  ssr: false,
});
const acts = () => import("./note-acts");

export type NoteItemProps = {
  note: Note;
  mayWrite: boolean;
  onChanged: (note: Note) => void;
  onRemoved: (note: Note) => void;
};

/** A note: what it says, who wrote it, and what can be done with it. */
export function NoteItem({
  note,
  mayWrite,
  onChanged,
  onRemoved,
}: NoteItemProps) {
  const [asked, setAsked] = useState<"edit" | "delete" | null>(null);
  const { isPending, act } = useAct();
  const close = () => setAsked(null);
  const pin = () =>
    act(async () => onChanged(await (await acts()).pin(note)), {
      failed: "The note was not changed",
    });
  const remove = () =>
    act(
      async () => {
        await (await acts()).remove(note);
        onRemoved(note);
      },
      { done: "Note deleted", failed: "The note was not deleted" },
    );
  return (
    <li className="flex gap-2 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="text-sm wrap-anywhere whitespace-pre-wrap">{note.body}</p>
        <Byline note={note} />
      </div>
      {mayWrite ? (
        <Menu
          label={`Actions for the note of ${note.author.name}`}
          trigger={
            <IconButton
              label={`Actions for the note of ${note.author.name}`}
              icon={<Ellipsis />}
              size="sm"
              placement="left"
            />
          }
          items={entries(note, {
            pin: () => void pin(),
            edit: () => setAsked("edit"),
            remove: () => setAsked("delete"),
          })}
        />
      ) : null}
      {asked === "edit" ? (
        <EditNoteDialog note={note} onSaved={onChanged} onClose={close} />
      ) : null}
      <ConfirmDialog
        isOpen={asked === "delete"}
        onOpenChange={close}
        title="Delete this note?"
        description={`${note.author.name} wrote it. What it said stays in the audit log.`}
        confirmLabel="Delete note"
        isPending={isPending}
        onConfirm={() => void remove().then(close)}
      />
    </li>
  );
}

function Byline({ note }: { note: Note }) {
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-ink-faint">
      {note.is_pinned ? <Badge icon={<Pin />}>Pinned</Badge> : null}
      <span className="wrap-anywhere">{note.author.name}</span>
      <Time value={note.created_at} format="relative" />
      {note.edited_at ? (
        <span>
          edited <Time value={note.edited_at} format="relative" />
        </span>
      ) : null}
    </p>
  );
}

type Acts = Record<"pin" | "edit" | "remove", () => void>;

function entries(note: Note, { pin, edit, remove }: Acts): MenuEntry[] {
  return [
    {
      id: "pin",
      label: note.is_pinned ? "Unpin" : "Pin",
      icon: note.is_pinned ? <PinOff /> : <Pin />,
      onAction: pin,
    },
    ...(note.may_change
      ? ([
          { id: "edit", label: "Edit…", icon: <Pencil />, onAction: edit },
          {
            id: "delete",
            label: "Delete…",
            icon: <Trash2 />,
            tone: "danger",
            onAction: remove,
          },
        ] as const)
      : []),
  ];
}
