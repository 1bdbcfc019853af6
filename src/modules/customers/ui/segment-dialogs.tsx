"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useContractForm } from "@/client/use-contract-form";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { SegmentInput, segmentsApi, type Segment } from "../contract/segments";

export type SegmentDialogsProps = {
  /** The segment that the list shows. */
  current: Segment | undefined;
  /** The filters that the list has now. */
  filters: Record<string, unknown>;
  onChosen: (id: string) => void;
};

/** The dialog about segments that the address names. */
export default function SegmentDialogs(props: SegmentDialogsProps) {
  const { show } = useDialogUrl();
  const { current } = props;
  if (show === "save-segment") return <Save {...props} />;
  if (show === "rename-segment" && current) return <Rename segment={current} />;
  if (show === "delete-segment" && current) return <Delete segment={current} />;
  return null;
}

function Save({ filters, onChosen }: SegmentDialogsProps) {
  const { close } = useDialogUrl();
  return (
    <NameDialog
      title="Save filters as a segment"
      description="Everybody in your team can choose it. It finds whoever fits at that time."
      submitLabel="Save segment"
      filters={filters}
      send={async (body) => {
        const segment = await call(segmentsApi.create, { body });
        await close();
        onChosen(segment.id);
        toast.success(`${segment.name} saved`);
      }}
    />
  );
}

function Rename({ segment }: { segment: Segment }) {
  const done = useDone();
  return (
    <NameDialog
      title={`Rename ${segment.name}`}
      submitLabel="Rename segment"
      name={segment.name}
      filters={segment.filters}
      send={async ({ name }) => {
        const params = { segment_id: segment.id };
        await call(segmentsApi.update, { params, body: { name } });
        await done();
      }}
    />
  );
}

type NameDialogProps = {
  title: string;
  description?: string;
  submitLabel: string;
  name?: string;
  filters: Record<string, unknown>;
  send: (body: SegmentInput) => Promise<void>;
};

function NameDialog({ name = "", filters, send, ...frame }: NameDialogProps) {
  const { close } = useDialogUrl();
  const form = useContractForm<{ name: string }, SegmentInput>({
    schema: SegmentInput,
    defaultValues: { name },
    labels: { name: "Name" },
    toBody: (values) => ({ name: values.name, filters }),
    send,
  });
  return (
    <FormDialog
      form={form}
      size="sm"
      failure="The segment was not saved"
      onClose={() => void close()}
      {...frame}
    >
      <TextField
        label="Name"
        placeholder="Large and active"
        autoFocus
        isRequired
        {...useFormField(form.control, "name")}
      />
    </FormDialog>
  );
}

function Delete({ segment }: { segment: Segment }) {
  const { close } = useDialogUrl();
  const done = useDone();
  const confirm = useConfirm(async () => {
    await call(segmentsApi.remove, { params: { segment_id: segment.id } });
    await done();
    toast.success(`${segment.name} deleted`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => void close()}
      title={`Delete ${segment.name}?`}
      description="The customers in it stay as they are. Your team can no longer choose it."
      confirmLabel="Delete segment"
      {...confirm}
    />
  );
}
