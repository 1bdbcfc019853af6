"use client";

import { useState } from "react";
import {
  set,
  useForm,
  type Control,
  type DefaultValues,
  type FieldErrors,
  type FieldPath,
  type FieldValues,
  type Resolver,
} from "react-hook-form";
import type * as z from "zod";
import { ApiError } from "./call";
import { failureOf } from "./failure";
import { plainMessage } from "@/shared/plain-message";

export type ContractFormOptions<V extends FieldValues, B> = {
  /** The endpoint's own body schema, or how to load it: a page is lighter without it. */
  schema: z.ZodType<B> | (() => Promise<z.ZodType<B>>);
  defaultValues: DefaultValues<V>;
  /** Each field as people read it, by its path; messages begin with it. */
  labels: Readonly<Record<string, string>>;
  /** What the schema gets for what was typed. */
  toBody: (values: V) => unknown;
  /** The field where a path of the body was typed, when the two differ. */
  toField?: (path: string, values: V) => string;
  /** Rules that only the form has, by field: `{ amount: "must be an exact amount" }`. */
  check?: (values: V) => Record<string, string>;
  send: (body: B) => Promise<void>;
};

export type Problem = { name?: string; message: string };

/**
 * A form over an endpoint's body schema: checked on blur, then as one types; what the server
 * says of a field lands on that field. `summary` is for ErrorSummary.
 */
export function useContractForm<V extends FieldValues, B>(
  options: ContractFormOptions<V, B>,
) {
  const { labels, toField = same, send } = options;
  const [refusal, setRefusal] = useState<Problem[]>([]);
  const [attempt, setAttempt] = useState(0);
  const form = useForm<V, unknown, B>({
    defaultValues: options.defaultValues,
    mode: "onTouched",
    shouldFocusError: false,
    resolver: resolverOf(options),
  });
  const { errors, isDirty, isSubmitting, submitCount } = form.formState;

  async function trySend(body: B) {
    setRefusal([]);
    try {
      await send(body);
    } catch (error) {
      const found = toProblems(error, labels, (path) =>
        toField(path, form.getValues()),
      );
      for (const { name, message } of found)
        if (name)
          // Safe: toProblems names only fields that have a label.
          form.setError(name as FieldPath<V>, { type: "server", message });
      setRefusal(found.filter(({ name }) => !name));
      setAttempt((count) => count + 1);
    }
  }

  const submit = form.handleSubmit(trySend, () => {
    setRefusal([]);
    setAttempt((count) => count + 1);
  });
  const named = [...leaves(errors)].map(([name, message]) => ({
    ...(name in labels || name.includes(".") ? { name } : {}),
    message,
  }));
  return {
    form,
    // Safe: fields read and write values; only submit knows what the schema puts out.
    control: form.control as unknown as Control<V>,
    submit: () => void submit(),
    isDirty,
    isPending: isSubmitting,
    summary: {
      problems: submitCount > 0 ? [...named, ...refusal] : [],
      attempt,
    },
  };
}

const same = (path: string) => path;

function resolverOf<V extends FieldValues, B>({
  schema,
  labels,
  toBody,
  toField = same,
  check,
}: ContractFormOptions<V, B>): Resolver<V, unknown, B> {
  return async (values, context, resolverOptions) => {
    const ofSchema = await loaded(schema).catch(() => null);
    if (!ofSchema) {
      const root = { type: "load", message: UNLOADED };
      return { values: {}, errors: { root } as FieldErrors<V> }; // Safe: root is of no field.
    }
    const result = await ofSchema(
      toBody(values) as FieldValues,
      context,
      resolverOptions as Parameters<typeof ofSchema>[2], // Safe: names and refs only.
    );
    const found = new Map(
      [...leaves(result.errors)].map(([path, message]) => {
        const field = toField(path, values);
        return [field, sentence(labels, field, message)] as const;
      }),
    );
    for (const [field, message] of Object.entries(check?.(values) ?? {}))
      found.set(field, sentence(labels, field, message));
    // Safe: without errors the schema's output is there, and no error was added here.
    if (found.size === 0) return { values: result.values as B, errors: {} };
    const errors = {};
    for (const [field, message] of found)
      set(errors, field, { type: "contract", message });
    return { values: {}, errors: errors as FieldErrors<V> }; // Safe: set() nests by path.
  };
}

const UNLOADED =
  "A part of this page could not be loaded. Nothing is lost: check your connection and try again.";

/** The resolver of a schema, which is loaded with it. */
async function loaded<B>(
  schema: ContractFormOptions<FieldValues, B>["schema"],
) {
  const [{ zodResolver }, found] = await Promise.all([
    import("@hookform/resolvers/zod"),
    typeof schema === "function" ? schema() : schema,
  ]);
  // Safe: the resolver only hands the body to the schema, which accepts anything.
  return zodResolver(found as z.ZodType<B, FieldValues>, {
    error: plainMessage,
  });
}

function sentence(
  labels: Readonly<Record<string, string>>,
  field: string,
  message: string,
): string {
  const label = labels[field] ?? labels[field.replace(/\.\d+\./, ".*.")];
  return `${label ?? "This"} ${message}`;
}

/** Each message in rhf's nested errors, with the path of its field. */
function* leaves(node: unknown, path = ""): Generator<[string, string]> {
  if (typeof node !== "object" || node === null) return;
  if ("message" in node && typeof node.message === "string") {
    yield [path, node.message];
    return;
  }
  for (const [name, child] of Object.entries(node))
    yield* leaves(child, path === "" ? name : `${path}.${name}`);
}

function toProblems(
  error: unknown,
  labels: Readonly<Record<string, string>>,
  toField: (path: string) => string,
): Problem[] {
  const fields = error instanceof ApiError ? error.fields : [];
  if (fields.length === 0) return [{ message: failureOf(error).message }];
  return fields.map(({ field, message }) => {
    const name = toField(field.replace(/^body\./, ""));
    return name in labels
      ? { name, message: sentence(labels, name, message) }
      : { message: `${field} ${message}` };
  });
}
