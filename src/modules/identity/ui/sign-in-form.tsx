"use client";

import { useState } from "react";
import { useForm, type ResolverResult } from "react-hook-form";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { CodeField } from "./code-form";
import { ownPath } from "./own-path";
import { PasswordField } from "@/ui/forms/password-field";
import { enter } from "@/client/enter";
import { openSession, signInProblem } from "./session";

export type SignInFormProps = {
  /** Where to go then; anything but a path of ours is ignored. */
  next?: string;
  /** The code of what went wrong before this page was shown. */
  problem?: string;
};

/** Email and password, then a code where two-factor is on. What fails is said in words, and nothing typed is lost. */
export function SignInForm({ next, problem }: SignInFormProps) {
  const [failure, setFailure] = useState(
    problem === undefined ? null : signInProblem(problem),
  );
  const [isEntering, setEntering] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
  const { control, handleSubmit, formState, setFocus } = useForm<Credentials>({
    defaultValues: { email: "", password: "", code: "" },
    mode: "onSubmit",
    resolver: required,
  });
  const submit = handleSubmit(async ({ email, password, code }) => {
    setFailure(null);
    const refusal = await openSession(email, password, code.trim());
    if (refusal === "TWO_FACTOR_REQUIRED") {
      setAsksCode(true);
      return;
    }
    if (refusal) {
      setFailure(
        asksCode && refusal === "CredentialsSignin"
          ? signInProblem("WRONG_CODE")
          : signInProblem(refusal),
      );
      setFocus(asksCode ? "code" : "password", { shouldSelect: true });
      return;
    }
    setEntering(true);
    enter(ownPath(next));
  });
  return (
    <Form onSubmit={(event) => void submit(event)} aria-label="Sign in">
      {failure ? (
        <Callout tone="danger" isAlert>
          {failure}
        </Callout>
      ) : null}
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        autoFocus
        {...useFormField(control, "email")}
      />
      <PasswordField
        label="Password"
        autoComplete="current-password"
        {...useFormField(control, "password")}
      />
      {asksCode ? <CodeField control={control} /> : null}
      <Button
        type="submit"
        variant="primary"
        isPending={formState.isSubmitting || isEntering}
        pendingLabel="Signing in"
      >
        Sign in
      </Button>
    </Form>
  );
}

type Credentials = { email: string; password: string; code: string };

function required(values: Credentials): ResolverResult<Credentials> {
  const problem = (message: string) => ({ type: "required", message });
  const errors = {
    ...(!values.email.trim() && { email: problem("Enter your email.") }),
    ...(!values.password && { password: problem("Enter your password.") }),
  };
  return Object.keys(errors).length > 0
    ? { values: {}, errors }
    : { values, errors: {} };
}
