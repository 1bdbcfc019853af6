"use client";

import dynamic from "next/dynamic";
import { Select } from "@/ui/forms/select";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { AboutFieldProps } from "./about-field";
import { ticketLabels } from "./ticket-values";
import { categoryOptions, priorityOptions } from "./ticket-words";

// With the contract of what there is to choose: the page is lighter without it.
const AboutField = dynamic(() => import("./about-field"), {
  ssr: false,
  loading: () => <div aria-hidden className="h-[3.75rem]" />,
});

/** The fields of a new ticket. */
export function TicketFields(props: AboutFieldProps) {
  const { control } = props;
  return (
    <>
      <TextField
        label={ticketLabels.subject}
        isRequired
        autoFocus
        autoComplete="off"
        maxLength={200}
        {...useFormField(control, "subject")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={ticketLabels.category}
          options={categoryOptions}
          {...useFormField(control, "category")}
        />
        <Select
          label={ticketLabels.priority}
          options={priorityOptions}
          {...useFormField(control, "priority")}
        />
      </div>
      <AboutField {...props} />
      <TextArea
        label={ticketLabels.body}
        isRequired
        rows={8}
        maxLength={20_000}
        description={
          props.customerId
            ? "What the customer reads first. Markdown is shown."
            : "What you did, what you expected, and what happened instead. Markdown is shown."
        }
        {...useFormField(control, "body")}
      />
    </>
  );
}
