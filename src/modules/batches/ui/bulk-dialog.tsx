"use client";

import type { Control } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useDialogUrl } from "@/client/use-dialog-url";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { BatchInput, batchesApi, type BatchAction } from "../contract";
import { actionWords, customersText, type Chosen } from "./bulk-words";

export type BulkDialogProps = {
  action: BatchAction;
  chosen: Chosen;
  onBegun: () => void;
  onClose: () => void;
};

type Values = { tags: string; reason: string; subject: string; text: string };

const labels = {
  tags: "Tags",
  reason: "Reason",
  subject: "Subject",
  text: "Text",
};

/** Asks before an act on many customers, names how many, and begins it. */
export default function BulkDialog({
  action,
  chosen,
  onBegun,
  onClose,
}: BulkDialogProps) {
  const { open } = useDialogUrl();
  const { verb, effect } = actionWords[action];
  const whom = customersText(chosen);
  const form = useContractForm<Values, BatchInput>({
    schema: BatchInput,
    defaultValues: { tags: "", reason: "", subject: "", text: "" },
    labels,
    toBody: (values) => ({ action, ...chosen.which, ...given(values) }),
    toField: (path) => (path.startsWith("tags") ? "tags" : path),
    send: async (body) => {
      const batch = await call(batchesApi.create, { body });
      onBegun();
      onClose();
      await open("bulk", { id: batch.id });
    },
  });
  return (
    <FormDialog
      form={form}
      title={`${verb} ${whom}?`}
      description={effect}
      size={action === "email" ? "md" : "sm"}
      submitLabel={`${verb} ${whom}`}
      failure="Nothing was changed"
      onClose={onClose}
    >
      <Fields action={action} control={form.control} />
    </FormDialog>
  );
}

type FieldsProps = { action: BatchAction; control: Control<Values> };

function Fields({ action, control }: FieldsProps) {
  const tags = useFormField(control, "tags");
  const reason = useFormField(control, "reason");
  const subject = useFormField(control, "subject");
  const text = useFormField(control, "text");
  if (action === "tag" || action === "untag")
    return (
      <TextField
        label={labels.tags}
        description="With commas between them: vip, early access."
        autoFocus
        isRequired
        {...tags}
      />
    );
  if (action === "email")
    return (
      <>
        <TextField label={labels.subject} autoFocus isRequired {...subject} />
        <TextArea
          label={labels.text}
          description="Plain text, a paragraph a line."
          rows={8}
          isRequired
          {...text}
        />
      </>
    );
  return (
    <TextField
      label={labels.reason}
      isOptional
      description="Goes into the audit log."
      autoFocus
      {...reason}
    />
  );
}

// What was not asked is empty, and not sent.
function given({ tags, ...texts }: Values): Record<string, unknown> {
  const names = tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
  const typed = Object.entries(texts).filter(([, text]) => text.trim() !== "");
  return {
    ...Object.fromEntries(typed),
    ...(names.length > 0 && { tags: names }),
  };
}
