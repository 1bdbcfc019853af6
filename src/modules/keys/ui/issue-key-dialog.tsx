"use client";

import { useState } from "react";
import type * as z from "zod";
import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { expiryOf, lifetimes } from "@/ui/forms/lifetimes";
import { Select } from "@/ui/forms/select";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { keysApi, type CustomerKeyInput, type IssuedKey } from "../contract";
import { addressesHelp, addressesLabel, toAddresses } from "./addresses-field";
import { KeySecretDialog } from "./key-secret-dialog";

export type IssueKeyDialogProps = {
  /** Left out in the portal, where the key is for the viewer's own customer. */
  customer?: { id: string; name: string };
  /** In the portal: how the key is tried, with {key} for it. */
  firstCall?: string | null;
  onClose: () => void;
  /** Closes it and renews the page, once the key was shown. */
  onDone: () => Promise<void>;
};

/** Issues a key, then shows its secret once. */
export function IssueKeyDialog({
  customer,
  firstCall,
  onClose,
  onDone,
}: IssueKeyDialogProps) {
  const [issued, setIssued] = useState<IssuedKey>();
  if (issued)
    return (
      <KeySecretDialog
        issued={issued}
        withCheck={customer !== undefined}
        firstCall={firstCall}
        onClose={() => void onDone()}
      />
    );
  return (
    <IssueForm
      {...(customer && { customer })}
      onClose={onClose}
      onIssued={setIssued}
    />
  );
}

type Values = { name: string; expires_in: string; addresses: string };

const labels = {
  name: "Name",
  expires_in: "Expires",
  addresses: addressesLabel,
};

type IssueFormProps = Omit<IssueKeyDialogProps, "onDone"> & {
  onIssued: (key: IssuedKey) => void;
};

function IssueForm({ customer, onClose, onIssued }: IssueFormProps) {
  const refresh = useRefresh();
  const form = useContractForm<Values, z.output<typeof CustomerKeyInput>>({
    schema: keysApi.issueToCustomer.body,
    defaultValues: { name: "", expires_in: "never", addresses: "" },
    labels,
    toBody: ({ name, expires_in, addresses }) => ({
      name,
      ...expiryOf(expires_in),
      allowed_ips: toAddresses(addresses),
    }),
    toField: (path) =>
      path === "expires_at"
        ? "expires_in"
        : path.startsWith("allowed_ips")
          ? "addresses"
          : path,
    send: async (body) => {
      const issued = customer
        ? call(keysApi.issueToCustomer, {
            params: { customer_id: customer.id },
            body,
          })
        : call(keysApi.issue, { body });
      onIssued(await issued);
      refresh();
    },
  });
  return (
    <FormDialog
      form={form}
      title={customer ? `Issue a key to ${customer.name}` : "Issue a key"}
      description={`It works at once, within ${customer ? "the limits of the customer" : "your limits"}.`}
      size="sm"
      submitLabel="Issue key"
      failure="The key was not issued"
      onClose={onClose}
    >
      <TextField
        label={labels.name}
        placeholder="Production"
        autoFocus
        autoComplete="off"
        isRequired
        description="What it is for, so that it can be told from others."
        {...useFormField(form.control, "name")}
      />
      <Select
        label={labels.expires_in}
        options={lifetimes}
        {...useFormField(form.control, "expires_in")}
      />
      <TextArea
        label={labels.addresses}
        description={addressesHelp}
        placeholder="203.0.113.0/24"
        rows={2}
        isOptional
        mono
        {...useFormField(form.control, "addresses")}
      />
    </FormDialog>
  );
}
