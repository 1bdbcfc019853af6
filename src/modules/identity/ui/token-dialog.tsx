"use client";

import { useId, useState } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { CopyBlock } from "@/ui/display/copy-block";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { Dialog } from "@/ui/overlays/dialog";
import { identityApi, type ServiceTokenInput } from "../contract";

type Close = { onClose: () => void };

/** Issues a service token for a program that checks keys and reports usage; shows it once. */
export default function TokenDialog({ onClose }: Close) {
  const [token, setToken] = useState<string>();
  return token ? (
    <Secret token={token} onClose={onClose} />
  ) : (
    <IssueForm onIssued={setToken} onClose={onClose} />
  );
}

type Values = { name: string };

const scopes: ServiceTokenInput["scopes"] = ["access:check", "usage:write"];

function IssueForm({
  onIssued,
  onClose,
}: Close & { onIssued: (token: string) => void }) {
  const id = useId();
  const { control, submit, isDirty, isPending, summary } = useContractForm<
    Values,
    ServiceTokenInput
  >({
    schema: identityApi.issueServiceToken.body,
    defaultValues: { name: "" },
    labels: { name: "Name" },
    toBody: ({ name }) => ({ name, scopes }),
    send: async (body) => {
      const issued = await call(identityApi.issueServiceToken, { body });
      onIssued(issued.token);
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Issue a service token"
      description="For a program of yours: it may check calls and report usage, and nothing else."
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
            Issue token
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label="Issue a service token">
        <ErrorSummary {...summary} title="The token was not issued" />
        <TextField
          label="Name"
          placeholder="Website"
          autoFocus
          autoComplete="off"
          description="Which program uses it, so that you know what stops when you revoke it."
          {...useFormField(control, "name")}
        />
      </Form>
    </Dialog>
  );
}

function Secret({ token, onClose }: Close & { token: string }) {
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Store the token now"
      footer={
        <Button variant="primary" onPress={onClose}>
          I have stored it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Callout tone="warning">
          The token is shown this once. Only a hash of it is kept, so nobody can
          show it again.
        </Callout>
        <CopyBlock label="Service token" text={token} />
        <CopyBlock label=".env" text={`TOLLKEEPER_TOKEN=${token}`} />
      </div>
    </Dialog>
  );
}
