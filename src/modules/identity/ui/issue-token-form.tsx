"use client";

import { useId } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import type { Received } from "@/shared/endpoint";
import type { Permission } from "@/shared/permissions";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
import { identityApi, type ServiceTokenInput } from "../contract";
import { ScopesField } from "./scopes-field";

export type IssuedToken = Received<typeof identityApi.issueServiceToken>;

export type IssueTokenFormProps = {
  onIssued: (token: IssuedToken) => void;
  onClose: () => void;
};

type Values = { name: string; scopes: Permission[]; expires_in: string };

const labels = { name: "Name", scopes: "It may", expires_in: "Expires" };

const lifetimes = [
  { id: "never", label: "Never" },
  { id: "30", label: "In 30 days" },
  { id: "90", label: "In 90 days" },
  { id: "365", label: "In a year" },
];

/** Asks what a service token is for, what it may do and for how long. */
export function IssueTokenForm({ onIssued, onClose }: IssueTokenFormProps) {
  const id = useId();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
    Values,
    ServiceTokenInput
  >({
    schema: identityApi.issueServiceToken.body,
    // What a program that guards an API needs, and nothing else.
    defaultValues: {
      name: "",
      scopes: ["usage:write", "access:check"],
      expires_in: "never",
    },
    labels,
    toBody: ({ name, scopes, expires_in }) => ({
      name,
      scopes,
      ...(expires_in !== "never" && { expires_at: inDays(Number(expires_in)) }),
    }),
    toField: (path) => (path === "expires_at" ? "expires_in" : path),
    check: ({ scopes }): Record<string, string> =>
      scopes.length === 0 ? { scopes: "have at least one choice" } : {},
    send: async (body) =>
      onIssued(await call(identityApi.issueServiceToken, { body })),
  });
  const scopes = useFormField(control, "scopes");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Issue a service token"
      description="For a program of yours. What is chosen already is enough to check calls and report usage."
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
            Issue token
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label="Issue a service token">
        <ErrorSummary {...summary} title="The token was not issued" />
        <TextField
          label={labels.name}
          placeholder="Website"
          autoFocus
          isRequired
          autoComplete="off"
          description="Which program uses it, so that you know what stops when you revoke it."
          {...useFormField(control, "name")}
        />
        <Select
          label={labels.expires_in}
          options={lifetimes}
          {...useFormField(control, "expires_in")}
        />
        <ScopesField
          label={labels.scopes}
          name={scopes.name}
          value={scopes.value}
          onChange={scopes.onChange}
          error={scopes.error}
        />
      </Form>
    </Dialog>
  );
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString();
}
