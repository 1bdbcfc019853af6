"use client";

import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { BillingSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

type Values = Record<keyof BillingSettings, string>;

const labels = {
  legal_name: "The legal name",
  address: "The address",
  country: "The country",
  tax_id: "The tax id",
  time_zone: "The time zone",
  invoice_prefix: "The prefix of invoices",
  credit_note_prefix: "The prefix of credit notes",
  payment_terms_days: "The payment terms",
  footer: "The footer",
};

/** Who bills, and how numbers and due dates are made. */
export function BillingForm({
  billing,
  mayWrite,
}: {
  billing: BillingSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<Values>({
    group: "billing",
    values: {
      ...billing,
      legal_name: billing.legal_name ?? "",
      address: billing.address ?? "",
      country: billing.country ?? "",
      tax_id: billing.tax_id ?? "",
      footer: billing.footer ?? "",
      payment_terms_days: String(billing.payment_terms_days),
    },
    labels,
    toGroup: toBilling,
    saved: "Billing saved",
  });
  const useField = (name: keyof Values) => ({
    ...useFormField(control, name),
    isDisabled: !mayWrite,
    autoComplete: "off",
  });
  return (
    <SettingsCard
      title="Billing"
      description="Printed on invoices. Those that are finalized keep what was so then."
      mayWrite={mayWrite}
      {...card}
    >
      <TextField
        label="Legal name"
        isOptional
        description="Empty: the company’s name."
        {...useField("legal_name")}
      />
      <TextArea label="Address" isOptional rows={3} {...useField("address")} />
      <TextField
        label="Country"
        isOptional
        placeholder="DE"
        description="Two letters. It decides on reverse charge."
        {...useField("country")}
      />
      <TextField label="Tax id" isOptional mono {...useField("tax_id")} />
      <TextField
        label="Time zone"
        isRequired
        description="The year of an invoice’s number is the one that it is there."
        {...useField("time_zone")}
      />
      <TextField
        label="Prefix of invoices"
        isRequired
        mono
        {...useField("invoice_prefix")}
      />
      <TextField
        label="Prefix of credit notes"
        isRequired
        mono
        {...useField("credit_note_prefix")}
      />
      <TextField
        label="Payment terms in days"
        isRequired
        inputMode="numeric"
        {...useField("payment_terms_days")}
      />
      <TextArea label="Footer" isOptional rows={2} {...useField("footer")} />
    </SettingsCard>
  );
}

function toBilling(typed: Values): unknown {
  const orNull = (text: string) => text.trim() || null;
  const days = typed.payment_terms_days.trim();
  return {
    ...typed,
    legal_name: orNull(typed.legal_name),
    address: orNull(typed.address),
    country: orNull(typed.country.toUpperCase()),
    tax_id: orNull(typed.tax_id),
    time_zone: typed.time_zone.trim(),
    footer: orNull(typed.footer),
    payment_terms_days: /^\d+$/.test(days) ? Number(days) : days,
  };
}
