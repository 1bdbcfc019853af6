"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { TextArea } from "@/ui/forms/text-area";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { NotePatch, notesApi, type Note } from "../contract";

export type EditNoteDialogProps = {
  note: Note;
  onSaved: (note: Note) => void;
  onClose: () => void;
};

/** Changes the text of a note. */
export default function EditNoteDialog({
  note,
  onSaved,
  onClose,
}: EditNoteDialogProps) {
  const form = useContractForm<{ body: string }, NotePatch>({
    schema: NotePatch,
    defaultValues: { body: note.body },
    labels: { body: "Note" },
    toBody: (values) => values,
    send: async (body) => {
      const params = { customer_id: note.customer_id, note_id: note.id };
      onSaved(await call(notesApi.update, { params, body }));
      onClose();
    },
  });
  return (
    <FormDialog
      form={form}
      title="Edit note"
      submitLabel="Save note"
      failure="The note was not changed"
      onClose={onClose}
    >
      <TextArea
        label="Note"
        rows={8}
        autoFocus
        isRequired
        {...useFormField(form.control, "body")}
      />
    </FormDialog>
  );
}
