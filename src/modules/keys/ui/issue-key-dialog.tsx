"use client";

import { useId, useState } from "react";
import type * as z from "zod";
import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
import { keysApi, type CustomerKeyInput, type IssuedKey } from "../contract";
import { SecretDialog } from "./secret-dialog";

export type IssueKeyDialogProps = {
  /** Left out in the portal, where the key is for the viewer's own customer. */
  customer?: { id: string; name: string };
  onClose: () => void;
};

/** Issues a key, then shows its secret once. */
export function IssueKeyDialog({ customer, onClose }: IssueKeyDialogProps) {
  const [issued, setIssued] = useState<IssuedKey>();
  if (issued)
    return (
      <SecretDialog
        issued={issued}
        withCheck={customer !== undefined}
        onClose={onClose}
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

type Values = { name: string; expires_in: string };

const labels = { name: "Name", expires_in: "Expires" };

const lifetimes = [
  { id: "never", label: "Never" },
  { id: "7", label: "In 7 days" },
  { id: "30", label: "In 30 days" },
  { id: "90", label: "In 90 days" },
  { id: "365", label: "In a year" },
];

type IssueFormProps = IssueKeyDialogProps & {
  onIssued: (key: IssuedKey) => void;
};

function IssueForm({ customer, onClose, onIssued }: IssueFormProps) {
  const id = useId();
  const refresh = useRefresh();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
    Values,
    z.output<typeof CustomerKeyInput>
  >({
    schema: keysApi.issueToCustomer.body,
    defaultValues: { name: "", expires_in: "never" },
    labels,
    toBody: ({ name, expires_in }) => ({
      name,
      ...(expires_in !== "never" && { expires_at: inDays(Number(expires_in)) }),
    }),
    toField: (path) => (path === "expires_at" ? "expires_in" : path),
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
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={customer ? `Issue a key to ${customer.name}` : "Issue a key"}
      description={`It works at once, within ${customer ? "the limits of the customer" : "your limits"}.`}
      size="sm"
      isDirty={isDirty}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            isPending={isPending}
          >
            Issue key
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label="Issue a key">
        <ErrorSummary {...summary} title="The key was not issued" />
        <TextField
          label={labels.name}
          placeholder="Production"
          autoFocus
          autoComplete="off"
          isRequired
          description="What it is for, so that it can be told from others."
          {...useFormField(control, "name")}
        />
        <Select
          label={labels.expires_in}
          options={lifetimes}
          {...useFormField(control, "expires_in")}
        />
      </Form>
    </Dialog>
  );
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
