"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useContractForm } from "@/client/use-contract-form";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  cannedRepliesApi,
  replyVariables,
  type CannedReply,
  type CannedReplyInput,
} from "../contract/canned-replies";

/** `?show=new-reply`, and `?show=edit-reply|remove-reply` of the one that the address names. */
export default function CannedReplyDialogs({
  reply,
}: {
  reply: CannedReply | null;
}) {
  const { show, close } = useDialogUrl();
  const onClose = () => void close();
  const onDone = useDone();
  if (show === "new-reply") return <ReplyDialog {...{ onClose, onDone }} />;
  if (!reply) return null;
  if (show === "edit-reply")
    return <ReplyDialog {...{ reply, onClose, onDone }} />;
  if (show === "remove-reply")
    return <RemoveDialog {...{ reply, onClose, onDone }} />;
  return null;
}

type Given = { onClose: () => void; onDone: () => Promise<void> };

const labels = { name: "Name", body: "Reply" };

function ReplyDialog({
  reply,
  onClose,
  onDone,
}: Given & { reply?: CannedReply }) {
  const form = useContractForm<CannedReplyInput, CannedReplyInput>({
    schema: cannedRepliesApi.create.body,
    defaultValues: { name: reply?.name ?? "", body: reply?.body ?? "" },
    labels,
    toBody: (values) => values,
    send: async (body) => {
      const params = { canned_reply_id: reply?.id ?? "" };
      if (reply)
        await call(
          cannedRepliesApi.update,
          { params, body },
          { ifMatch: reply },
        );
      else await call(cannedRepliesApi.create, { body });
      await onDone();
      toast.success(`${body.name} is saved`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={reply ? `Edit ${reply.name}` : "New canned reply"}
      submitLabel="Save reply"
      failure="The reply was not saved"
      onClose={onClose}
    >
      <TextField
        label={labels.name}
        isRequired
        autoFocus
        autoComplete="off"
        maxLength={80}
        {...useFormField(form.control, "name")}
      />
      <TextArea
        label={labels.body}
        isRequired
        rows={10}
        maxLength={20_000}
        description={`Variables: ${replyVariables.map((name) => `{{${name}}}`).join(", ")}.`}
        {...useFormField(form.control, "body")}
      />
    </FormDialog>
  );
}

function RemoveDialog({
  reply,
  onClose,
  onDone,
}: Given & { reply: CannedReply }) {
  const confirm = useConfirm(async () => {
    const params = { canned_reply_id: reply.id };
    await call(cannedRepliesApi.remove, { params });
    await onDone();
    toast.success(`${reply.name} is deleted`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Delete ${reply.name}?`}
      consequences={["Answers that were given with it stay as they are."]}
      confirmLabel="Delete reply"
      {...confirm}
    />
  );
}
