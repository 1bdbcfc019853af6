"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  devicesApi,
  domainsApi,
  type DeviceInput,
  type DomainInput,
} from "../contract/places";
import type { PlaceDialogProps } from "./place-dialogs";

const domainLabels = { name: "Domain", note: "Note" };

/** Adds a domain to a customer. */
export function AddDomainDialog({
  customerId,
  onClose,
  onDone,
}: PlaceDialogProps) {
  const form = useContractForm<{ name: string; note: string }, DomainInput>({
    schema: domainsApi.add.body,
    defaultValues: { name: "", note: "" },
    labels: domainLabels,
    toBody: ({ name, note }) => ({
      name: name.trim(),
      ...(note.trim() && { note: note.trim() }),
    }),
    send: async (body) => {
      const params = { customer_id: customerId };
      const { name } = await call(domainsApi.add, { params, body });
      await onDone();
      toast.success(`${name} is added`);
    },
  });
  return (
    <FormDialog
      form={form}
      title="Add a domain"
      size="sm"
      submitLabel="Add domain"
      failure="The domain was not added"
      onClose={onClose}
    >
      <TextField
        label={domainLabels.name}
        isRequired
        autoFocus
        autoComplete="off"
        placeholder="shop.example.com"
        {...useFormField(form.control, "name")}
      />
      <TextField
        label={domainLabels.note}
        isOptional
        autoComplete="off"
        {...useFormField(form.control, "note")}
      />
    </FormDialog>
  );
}

const deviceLabels = { name: "Name", identifier: "Identifier", kind: "Kind" };

/** Adds a device to a customer. */
export function AddDeviceDialog({
  customerId,
  onClose,
  onDone,
}: PlaceDialogProps) {
  type Values = { name: string; identifier: string; kind: string };
  const form = useContractForm<Values, DeviceInput>({
    schema: devicesApi.add.body,
    defaultValues: { name: "", identifier: "", kind: "" },
    labels: deviceLabels,
    toBody: ({ name, identifier, kind }) => ({
      name: name.trim(),
      identifier: identifier.trim(),
      ...(kind.trim() && { kind: kind.trim() }),
    }),
    send: async (body) => {
      const params = { customer_id: customerId };
      const { name } = await call(devicesApi.add, { params, body });
      await onDone();
      toast.success(`${name} is added`);
    },
  });
  return (
    <FormDialog
      form={form}
      title="Add a device"
      size="sm"
      submitLabel="Add device"
      failure="The device was not added"
      onClose={onClose}
    >
      <TextField
        label={deviceLabels.name}
        isRequired
        autoFocus
        autoComplete="off"
        placeholder="Router in the office"
        {...useFormField(form.control, "name")}
      />
      <TextField
        label={deviceLabels.identifier}
        isRequired
        mono
        autoComplete="off"
        description="A MAC address or a serial number."
        {...useFormField(form.control, "identifier")}
      />
      <TextField
        label={deviceLabels.kind}
        isOptional
        autoComplete="off"
        placeholder="router"
        {...useFormField(form.control, "kind")}
      />
    </FormDialog>
  );
}
