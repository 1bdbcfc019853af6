"use client";

import { useState, type ReactNode } from "react";
import type { Control } from "react-hook-form";
import { Combobox } from "@/ui/forms/combobox";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import {
  countryOptions,
  currencyOptions,
  languageOptions,
  timeZoneOptions,
} from "./choices";
import { labels, type CustomerValues } from "./customer-values";
import { DayField } from "@/ui/dates/day-field";
import { MetadataFields } from "./metadata-fields";

export type CustomerFieldsProps = { control: Control<CustomerValues> };

/** The fields of a customer, for creating and for editing. */
export function CustomerFields({ control }: CustomerFieldsProps) {
  return (
    <>
      <Group title="Contact" isFirst>
        <TextField
          label={labels.full_name}
          isRequired
          autoFocus
          autoComplete="off"
          {...useFormField(control, "full_name")}
        />
        <TextField
          label={labels.email}
          type="email"
          isRequired
          autoComplete="off"
          {...useFormField(control, "email")}
        />
        <TextField
          label={labels.company_name}
          isOptional
          {...useFormField(control, "company_name")}
        />
        <TextField
          label={labels.phone}
          type="tel"
          isOptional
          {...useFormField(control, "phone")}
        />
        <TextArea
          label={labels.address}
          isOptional
          rows={2}
          className="sm:col-span-2"
          {...useFormField(control, "address")}
        />
      </Group>
      <PlaceFields control={control} />
      <Group title="Account">
        <DayField
          label={labels.expires_on}
          isOptional
          description="Keys stop working when it is over."
          {...useFormField(control, "expires_on")}
        />
        <TextField
          label={labels.external_id}
          isOptional
          mono
          description="Its id in your own system."
          {...useFormField(control, "external_id")}
        />
        <TextField
          label={labels.tags}
          isOptional
          description="Words to find it by, with commas between them: vip, early access."
          className="sm:col-span-2"
          {...useFormField(control, "tags")}
        />
        <MetadataFields control={control} />
      </Group>
    </>
  );
}

function PlaceFields({ control }: CustomerFieldsProps) {
  const language = useFormField(control, "language");
  const [options] = useState(() => ({
    countries: countryOptions(),
    currencies: currencyOptions(),
    languages: languageOptions(language.value ?? "en"),
    timeZones: timeZoneOptions(),
  }));
  return (
    <Group title="Place and money">
      <Combobox
        label={labels.country}
        isOptional
        options={options.countries}
        {...useFormField(control, "country")}
      />
      <TextField
        label={labels.region}
        isOptional
        description="For tax: CA of the US, QC of Canada."
        {...useFormField(control, "region")}
      />
      <TextField
        label={labels.tax_id}
        isOptional
        mono
        description="Printed on invoices, such as DE123456789."
        {...useFormField(control, "tax_id")}
      />
      <Combobox
        label={labels.currency}
        options={options.currencies}
        description="It cannot change once money is booked."
        {...useFormField(control, "currency")}
      />
      <Combobox
        label={labels.time_zone}
        options={options.timeZones}
        {...useFormField(control, "time_zone")}
      />
      <Combobox
        label={labels.language}
        options={options.languages}
        {...language}
      />
    </Group>
  );
}

type GroupProps = { title: string; isFirst?: boolean; children: ReactNode };

function Group({ title, isFirst, children }: GroupProps) {
  return (
    <fieldset className={`min-w-0 ${isFirst ? "" : "border-t pt-4"}`}>
      <legend className="sr-only">{title}</legend>
      <div className="grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}
