"use client";

import { useState } from "react";
import { useForm, type Control, type Path } from "react-hook-form";
import { enter } from "@/client/enter";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { ownPath } from "./own-path";
import { closeSession, finishSession, signInProblem } from "./session";

/** The code of an authenticator, from somebody whom a provider has shown to be. */
export function CodeForm({ next }: { next?: string | undefined }) {
  const [failure, setFailure] = useState<string | null>(null);
  const [isEntering, setEntering] = useState(false);
  const { control, handleSubmit, formState, setFocus } = useForm({
    defaultValues: { code: "" },
  });
  const submit = handleSubmit(async ({ code }) => {
    setFailure(null);
    const refusal = await finishSession(code.trim());
    if (refusal) {
      const isWrong = refusal === "CredentialsSignin";
      setFailure(signInProblem(isWrong ? "WRONG_CODE" : refusal));
      setFocus("code", { shouldSelect: true });
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
      <CodeField control={control} />
      <Button
        type="submit"
        variant="primary"
        isPending={formState.isSubmitting || isEntering}
        pendingLabel="Signing in"
      >
        Sign in
      </Button>
      <Button variant="ghost" onPress={() => void closeSession()}>
        Start again
      </Button>
    </Form>
  );
}

/** Asks for the code of an authenticator, or a recovery code. */
export function CodeField<V extends { code: string }>({
  control,
}: {
  control: Control<V>;
}) {
  return (
    <TextField
      label="Code"
      description="Six digits of your authenticator app, or one of your recovery codes."
      autoComplete="one-time-code"
      autoFocus
      mono
      {...useFormField(control, "code" as Path<V> /* Safe: V has it. */)}
    />
  );
}
