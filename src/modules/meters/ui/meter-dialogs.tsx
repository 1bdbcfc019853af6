"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useContractForm } from "@/client/use-contract-form";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  metersApi,
  type Meter,
  type MeterInput,
  type MeterPatch,
} from "../contract";
import { MeterFormFields } from "./meter-form-fields";
import {
  meterLabels,
  newMeter,
  toMeterBody,
  toMeterValues,
  type MeterValues,
} from "./meter-values";

type Done = {
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

/** Makes a meter. */
export function CreateMeterDialog({ onClose, onSaved }: Done) {
  const form = useContractForm<MeterValues, MeterInput>({
    schema: metersApi.create.body,
    defaultValues: newMeter,
    labels: meterLabels,
    toBody: toMeterBody,
    send: async (body) => {
      await call(metersApi.create, { body });
      await onSaved();
      toast.success(`${body.title} counts from now on`);
    },
  });
  return (
    <FormDialog
      form={form}
      title="Create a meter"
      description="It counts events that come from now on. Quotas, plans and checks name it."
      submitLabel="Create meter"
      failure="The meter was not created"
      onClose={onClose}
    >
      <MeterFormFields control={form.control} />
    </FormDialog>
  );
}

/** Changes a meter: all of it until it has counted something. */
export function EditMeterDialog({
  meter,
  onClose,
  onSaved,
}: Done & { meter: Meter }) {
  const fixed = meter.is_system
    ? "all but title"
    : meter.is_used
      ? "meaning"
      : undefined;
  const form = useContractForm<MeterValues, MeterPatch>({
    schema: metersApi.update.body,
    defaultValues: toMeterValues(meter),
    labels: meterLabels,
    toBody: (values) =>
      fixed === undefined
        ? toMeterBody(values)
        : {
            title: values.title,
            ...(fixed === "meaning" && { unit: values.unit }),
          },
    send: async (body) => {
      await call(metersApi.update, { params: { meter_id: meter.id }, body });
      await onSaved();
      toast.success(`${meter.title} saved`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Edit ${meter.title}`}
      description={
        fixed === "all but title"
          ? "It came with the app: only its title can change."
          : fixed
            ? "It has counted something, so what it counts stays. For another meaning, create another meter."
            : "It has counted nothing yet: all of it can change."
      }
      submitLabel="Save meter"
      failure="The meter was not saved"
      onClose={onClose}
    >
      <MeterFormFields control={form.control} {...(fixed && { fixed })} />
    </FormDialog>
  );
}

/** Archives a meter. */
export function ArchiveMeterDialog({
  meter,
  onClose,
  onSaved,
}: Done & { meter: Meter }) {
  const confirm = useConfirm(async () => {
    await call(metersApi.archive, { params: { meter_id: meter.id } });
    await onSaved();
    toast.success(`${meter.title} archived`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Archive ${meter.title}?`}
      description="It can be brought back at any time."
      consequences={[
        "It counts no more events.",
        `A check that names ${meter.name} is refused as an error.`,
        "Its quotas hold no more. What it has counted stays.",
      ]}
      confirmLabel="Archive meter"
      {...confirm}
    />
  );
}
