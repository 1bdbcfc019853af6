"use client";

import { useState } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Form } from "@/ui/forms/form";
import { TextArea } from "@/ui/forms/text-area";
import type { Note } from "../contract";

export type NoteComposerProps = {
  customerId: string;
  onWritten: (note: Note) => void;
};

/** Where a new note is written. */
export function NoteComposer({ customerId, onWritten }: NoteComposerProps) {
  const [body, setBody] = useState("");
  const [error, setError] = useState<string>();
  const [isPending, setPending] = useState(false);
  async function send() {
    if (body.trim() === "") return setError("Write something first.");
    setPending(true);
    setError(undefined);
    try {
      const { write } = await import("./note-acts");
      onWritten(await write(customerId, body));
      // What was typed meanwhile stays.
      setBody((now) => (now === body ? "" : now));
    } catch (thrown) {
      setError(failureOf(thrown).message);
    }
    setPending(false);
  }
  return (
    <Form onSubmit={() => void send()} aria-label="New note" className="p-4">
      <TextArea
        label="New note"
        description="For your team; the customer never sees it."
        rows={3}
        value={body}
        onChange={setBody}
        error={error}
      />
      <Button
        type="submit"
        variant="primary"
        isPending={isPending}
        className="self-start"
      >
        Add note
      </Button>
    </Form>
  );
}
