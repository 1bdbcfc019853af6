"use client";

import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { CompanySettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

type Values = { name: string; support_email: string; url: string };

/** Who sells, as customers see it. */
export function CompanyForm({
  company,
  mayWrite,
}: {
  company: CompanySettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<Values>({
    group: "company",
    values: {
      name: company.name,
      support_email: company.support_email ?? "",
      url: company.url ?? "",
    },
    labels: {
      name: "The name",
      support_email: "The support address",
      url: "The website",
    },
    toGroup: ({ name, support_email, url }) => ({
      name,
      support_email: support_email.trim() || null,
      url: url.trim() || null,
    }),
    saved: "Company saved",
  });
  const isDisabled = !mayWrite;
  return (
    <SettingsCard
      title="Company"
      description="Shown to customers in the portal, on the sign-in page and in mails"
      mayWrite={mayWrite}
      {...card}
    >
      <TextField
        label="Name"
        autoComplete="organization"
        {...useFormField(control, "name")}
        isDisabled={isDisabled}
      />
      <TextField
        label="Support address"
        isOptional
        type="email"
        autoComplete="off"
        placeholder="help@example.com"
        description="At the end of each mail, for questions."
        {...useFormField(control, "support_email")}
        isDisabled={isDisabled}
      />
      <TextField
        label="Website"
        isOptional
        type="url"
        autoComplete="url"
        placeholder="https://example.com"
        {...useFormField(control, "url")}
        isDisabled={isDisabled}
      />
    </SettingsCard>
  );
}
