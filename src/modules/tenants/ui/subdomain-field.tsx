"use client";

import { useEffect, useState } from "react";
import { useWatch, type Control } from "react-hook-form";
import { useRead } from "@/client/query";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { tenantsApi } from "../contract";
import type { TenantValues } from "./tenant-values";

/** The subdomain, asked about while one types: whether it can be had, and what it becomes. */
export function SubdomainField({
  control,
}: {
  control: Control<TenantValues>;
}) {
  const typed = useWatch({ control, name: "subdomain" });
  const asked = useSettled(typed.trim(), 250);
  const { data } = useRead(
    tenantsApi.checkSubdomain,
    { query: { subdomain: asked } },
    { enabled: asked.length > 2, keepPrevious: false },
  );
  const field = useFormField(control, "subdomain");
  const isCurrent = data !== undefined && asked === typed.trim();
  const problem =
    isCurrent && data.problem ? `${data.subdomain} ${data.problem}` : null;
  const error = field.error ?? problem;
  return (
    <TextField
      label="Subdomain"
      isRequired
      autoComplete="off"
      spellCheck="false"
      maxLength={63}
      description={
        <span role="status">
          {isCurrent && data.is_available
            ? data.url
              ? `It will be at ${data.url}.`
              : `${data.subdomain} can be had.`
            : "3 to 63 letters, digits and hyphens. It cannot be changed later."}
        </span>
      }
      {...field}
      {...(error && { error })}
    />
  );
}

function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
