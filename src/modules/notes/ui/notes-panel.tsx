"use client";

import { NotebookPen } from "lucide-react";
import { useState } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { Card } from "@/ui/display/card";
import { EmptyState } from "@/ui/display/empty-state";
import type { Note } from "../contract";
import { NoteComposer } from "./note-composer";
import { NoteItem } from "./note-item";

export type NotesPanelProps = {
  customerId: string;
  /** The first page of them. */
  first: { items: Note[]; next_cursor: string | null };
  mayWrite: boolean;
};

/** What the team wrote down about a customer; older notes come on demand. */
export function NotesPanel({ customerId, first, mayWrite }: NotesPanelProps) {
  const { notes, put, drop, older } = useNotes(customerId, first);
  return (
    <Card title="Notes" flush>
      {mayWrite ? (
        <div className={notes.length > 0 ? "border-b" : ""}>
          <NoteComposer customerId={customerId} onWritten={put} />
        </div>
      ) : null}
      {notes.length === 0 ? (
        mayWrite ? null : (
          <EmptyState
            icon={<NotebookPen />}
            title="No notes yet"
            description="What your team writes down about this customer is listed here. The customer never sees it."
          />
        )
      ) : (
        <ul className="divide-y">
          {notes.map((note) => (
            <NoteItem
              key={note.id}
              note={note}
              mayWrite={mayWrite}
              onChanged={put}
              onRemoved={drop}
            />
          ))}
        </ul>
      )}
      {older.failure ? (
        <div className="p-4">
          <Callout tone="danger" title="Older notes could not be loaded">
            {older.failure}
          </Callout>
        </div>
      ) : null}
      {older.cursor ? (
        <div className="flex justify-center border-t p-3">
          <Button isPending={older.isPending} onPress={() => void older.load()}>
            Load more
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function useNotes(customerId: string, first: NotesPanelProps["first"]) {
  const [notes, setNotes] = useState(first.items);
  const [cursor, setCursor] = useState(first.next_cursor);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const drop = ({ id }: Note) =>
    setNotes((known) => known.filter((note) => note.id !== id));
  const put = (note: Note) => setNotes((known) => inOrder([note, ...known]));
  async function load() {
    if (!cursor) return;
    setPending(true);
    setFailure(undefined);
    try {
      const { older } = await import("./note-acts");
      const page = await older(customerId, cursor);
      setNotes((known) => inOrder([...known, ...page.items]));
      setCursor(page.next_cursor);
    } catch (error) {
      setFailure(failureOf(error).message);
    }
    setPending(false);
  }
  return { notes, put, drop, older: { cursor, isPending, failure, load } };
}

/** The order of the API, each once: of two states of a note the first holds. */
function inOrder(notes: Note[]): Note[] {
  const byId = new Map([...notes].reverse().map((note) => [note.id, note]));
  const rank = ({ is_pinned, id }: Note) => `${Number(is_pinned)}${id}`;
  return [...byId.values()].sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
}
