"use client";

import { useState, type ReactNode } from "react";
import type { Control } from "react-hook-form";
import type * as z from "zod";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "../controls/button";
import { ErrorSummary } from "./error-summary";
import { Form } from "./form";
import { TextField } from "./text-field";
import { useFormField } from "./use-form-field";
import { PasswordField } from "./password-field";

export type ShortField = {
  name: string;
  label: string;
  type: "text" | "email" | "password";
  autoComplete: string;
  description?: string;
};

export type ShortFormProps<B> = {
  label: string;
  /** What is checked of the fields before they are sent. */
  schema: z.ZodType<B>;
  fields: readonly ShortField[];
  /** Values at first, by field. */
  initial?: Record<string, string>;
  button: string;
  pendingLabel: string;
  /** One of several on a page: it takes no focus, and its button is quiet. */
  isSection?: boolean;
  /** Over what is wrong: "The password was not changed". */
  failure: string;
  /** Sends it; what comes back takes the form's place. */
  send: (body: B) => Promise<ReactNode>;
};

/** A field for a password that somebody chooses. */
export const newPasswordField: ShortField = {
  name: "password",
  label: "Password",
  type: "password",
  autoComplete: "new-password",
  description:
    "At least 12 characters. A sentence is easier to remember than a puzzle.",
};

/** A short form over an endpoint's body: register, reset, accept, change a password. */
export function ShortForm<B>(props: ShortFormProps<B>) {
  const { fields, initial = {}, schema, send } = props;
  const [done, setDone] = useState<ReactNode>(null);
  const [attempt, setAttempt] = useState(0);
  const { control, submit, isPending, summary } = useContractForm<
    Record<string, string>,
    B
  >({
    schema,
    defaultValues: Object.fromEntries(
      fields.map(({ name }) => [name, initial[name] ?? ""]),
    ),
    labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
    // A field that may be left out is not sent as an empty text.
    toBody: (values) =>
      Object.fromEntries(
        Object.entries(values).filter(([, value]) => value !== ""),
      ),
    send: async (body) => {
      setDone(await send(body));
      setAttempt((count) => count + 1);
    },
  });
  if (done && attempt > 0) return <div role="status">{done}</div>;
  return (
    <Form onSubmit={submit} aria-label={props.label}>
      <ErrorSummary {...summary} title={props.failure} />
      {fields.map((field, index) => (
        <ShortInput
          key={field.name}
          field={field}
          isFirst={index === 0 && !props.isSection}
          control={control}
        />
      ))}
      <Button
        type="submit"
        variant={props.isSection ? "secondary" : "primary"}
        className={props.isSection ? "self-start" : ""}
        isPending={isPending}
        pendingLabel={props.pendingLabel}
      >
        {props.button}
      </Button>
    </Form>
  );
}

type ShortInputProps = {
  field: ShortField;
  isFirst: boolean;
  control: Control<Record<string, string>>;
};

function ShortInput({ field, isFirst, control }: ShortInputProps) {
  const { name, type, ...words } = field;
  const props = {
    ...words,
    ...useFormField(control, name),
    autoFocus: isFirst,
  };
  return type === "password" ? (
    <PasswordField {...props} />
  ) : (
    <TextField type={type} {...props} />
  );
}
