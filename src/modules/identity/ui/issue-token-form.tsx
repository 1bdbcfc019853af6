"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import type { Received } from "@/shared/endpoint";
import type { Permission } from "@/shared/permissions";
import { expiryOf, lifetimes } from "@/ui/forms/lifetimes";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { identityApi, type ServiceTokenInput } from "../contract";
import { ScopesField } from "./scopes-field";

export type IssuedToken = Received<typeof identityApi.issueServiceToken>;

export type IssueTokenFormProps = {
  onIssued: (token: IssuedToken) => void;
  onClose: () => void;
};

type Values = { name: string; scopes: Permission[]; expires_in: string };

const labels = { name: "Name", scopes: "It may", expires_in: "Expires" };

/** Asks what a service token is for, what it may do and for how long. */
export function IssueTokenForm({ onIssued, onClose }: IssueTokenFormProps) {
  const form = useContractForm<Values, ServiceTokenInput>({
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
      ...expiryOf(expires_in),
    }),
    toField: (path) => (path === "expires_at" ? "expires_in" : path),
    check: ({ scopes }): Record<string, string> =>
      scopes.length === 0 ? { scopes: "have at least one choice" } : {},
    send: async (body) =>
      onIssued(await call(identityApi.issueServiceToken, { body })),
  });
  const scopes = useFormField(form.control, "scopes");
  return (
    <FormDialog
      form={form}
      title="Issue a service token"
      description="For a program of yours. What is chosen already is enough to check calls and report usage."
      submitLabel="Issue token"
      failure="The token was not issued"
      onClose={onClose}
    >
      <TextField
        label={labels.name}
        placeholder="Website"
        autoFocus
        isRequired
        autoComplete="off"
        description="Which program uses it, so that you know what stops when you revoke it."
        {...useFormField(form.control, "name")}
      />
      <Select
        label={labels.expires_in}
        options={lifetimes}
        {...useFormField(form.control, "expires_in")}
      />
      <ScopesField
        label={labels.scopes}
        name={scopes.name}
        value={scopes.value}
        onChange={scopes.onChange}
        error={scopes.error}
      />
    </FormDialog>
  );
}
