"use client";

import type { Control } from "react-hook-form";
import { Select } from "@/ui/forms/select";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { ticketLabels, type TicketValues } from "./ticket-values";
import { categoryOptions, priorityOptions } from "./ticket-words";

/** The fields of a new ticket. */
export function TicketFields({ control }: { control: Control<TicketValues> }) {
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
      <TextArea
        label={ticketLabels.body}
        isRequired
        rows={8}
        maxLength={20_000}
        description="What you did, what you expected, and what happened instead. Markdown is shown."
        {...useFormField(control, "body")}
      />
    </>
  );
}
