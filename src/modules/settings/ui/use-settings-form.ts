"use client";

import { useRouter } from "next/navigation";
import type { DefaultValues, FieldValues } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { toast } from "@/ui/display/toaster";
import type { SettingsInput } from "../contract";

export type SettingsFormOptions<V extends FieldValues> = {
  group: keyof SettingsInput;
  values: V;
  /** Each field as people read it. */
  labels: Readonly<Record<string, string>>;
  /** What the group's schema gets for what was typed. */
  toGroup?: (values: V) => unknown;
  saved: string;
};

// Loaded when it is needed: the page is lighter without the schemas.
const contract = () => import("../contract");

/** The form of one group of settings. */
export function useSettingsForm<V extends FieldValues>({
  group,
  values,
  labels,
  toGroup = (typed) => typed,
  saved,
}: SettingsFormOptions<V>) {
  const router = useRouter();
  const made = useContractForm<V, SettingsInput>({
    schema: async () => (await contract()).settingsApi.update.body,
    defaultValues: values as DefaultValues<V>, // Safe: whole values are partial ones too.
    labels,
    toBody: (typed) => ({ [group]: toGroup(typed) }),
    toField: (path) => path.replace(`${group}.`, ""),
    send: async (body) => {
      await call((await contract()).settingsApi.update, { body });
      made.form.reset(made.form.getValues());
      router.refresh();
      toast.success(saved);
    },
  });
  const { control, submit, isDirty, isPending, summary } = made;
  return {
    control,
    card: { onSubmit: submit, isDirty, isPending, summary },
  };
}
