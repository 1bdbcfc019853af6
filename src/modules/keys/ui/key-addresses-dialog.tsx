"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useSeen } from "@/client/use-seen";
import { toast } from "@/ui/display/toaster";
import { TextArea } from "@/ui/forms/text-area";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { keysApi, type Key, type KeyPatch } from "../contract";
import { addressesHelp, addressesLabel, toAddresses } from "./addresses-field";

export type KeyAddressesDialogProps = {
  apiKey: Key;
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

type Values = { addresses: string };

/** Says from which addresses calls with a key may come. */
export function KeyAddressesDialog({
  apiKey,
  onClose,
  onSaved,
}: KeyAddressesDialogProps) {
  const params = { key_id: apiKey.id };
  const { opened, change } = useSeen(apiKey, {
    reread: () => call(keysApi.get, { params }),
  });
  const form = useContractForm<Values, KeyPatch>({
    schema: keysApi.update.body,
    defaultValues: { addresses: opened.allowed_ips.join("\n") },
    labels: { addresses: addressesLabel },
    toBody: ({ addresses }) => ({ allowed_ips: toAddresses(addresses) }),
    toField: () => "addresses",
    send: async (body) => {
      await change((ifMatch) =>
        call(keysApi.update, { params, body }, { ifMatch }),
      );
      await onSaved();
      toast.success(`Addresses of ${apiKey.name} saved`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Addresses of ${apiKey.name}`}
      description="A call with this key from anywhere else is refused, from the next one on."
      size="sm"
      submitLabel="Save addresses"
      failure="The addresses were not saved"
      onClose={onClose}
    >
      <TextArea
        label={addressesLabel}
        description={addressesHelp}
        placeholder={"203.0.113.0/24\n2001:db8::1"}
        mono
        {...useFormField(form.control, "addresses")}
      />
    </FormDialog>
  );
}
