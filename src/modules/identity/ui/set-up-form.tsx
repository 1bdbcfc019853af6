"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { identityApi, SetupInput } from "../contract";
import { PasswordField } from "@/ui/forms/password-field";
import { enter } from "@/client/enter";
import { openSession } from "./session";

const Owner = SetupInput.omit({ token: true });
const blank = { full_name: "", email: "", password: "" };
const labels = {
  full_name: "Your name",
  email: "Your email",
  password: "The password",
};

/** Makes the first owner by a set-up link's token, signs them in and opens the dashboard. */
export function SetUpForm({ token }: { token: string }) {
  const [isEntering, setEntering] = useState(false);
  const { control, submit, isPending, summary } = useContractForm({
    schema: Owner,
    defaultValues: blank,
    labels,
    toBody: (values: typeof blank) => values,
    send: async (owner) => {
      await call(identityApi.setUp, { body: { token, ...owner } });
      setEntering(true);
      const isRefused = await openSession(owner.email, owner.password);
      enter(isRefused ? "/sign-in" : "/");
    },
  });
  return (
    <Form onSubmit={submit} aria-label="Set up">
      <ErrorSummary {...summary} title="The owner was not created" />
      <TextField
        label="Name"
        autoComplete="name"
        autoFocus
        {...useFormField(control, "full_name")}
      />
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        {...useFormField(control, "email")}
      />
      <PasswordField
        label="Password"
        autoComplete="new-password"
        description="At least 12 characters. A sentence is easier to remember than a puzzle."
        {...useFormField(control, "password")}
      />
      <Button
        type="submit"
        variant="primary"
        isPending={isPending || isEntering}
        pendingLabel="Creating the owner"
      >
        Create owner
      </Button>
    </Form>
  );
}
