"use client";

import type { Control } from "react-hook-form";
import { QueryProvider, useRead } from "@/client/query";
import { statusWord } from "@/ui/display/statuses";
import { Combobox } from "@/ui/forms/combobox";
import { useFormField } from "@/ui/forms/use-form-field";
import { ticketThingsApi } from "../contract/things";
import { ticketLabels, type TicketValues } from "./ticket-values";
import { thingWords } from "./ticket-words";

export type AboutFieldProps = {
  control: Control<TicketValues>;
  /** Whose things; the viewer's own customer's when null. */
  customerId: string | null;
  /** What the form began with. */
  initial: string | null;
};

/** Chooses what a ticket is about, of what the customer has. */
export default function AboutField(props: AboutFieldProps) {
  return (
    <QueryProvider>
      <Choice {...props} />
    </QueryProvider>
  );
}

function Choice({ control, customerId, initial }: AboutFieldProps) {
  const field = useFormField(control, "about_id");
  const { data, error } = useRead(ticketThingsApi.list, {
    query: {
      ...(customerId && { customer_id: customerId }),
      ...(initial && { with: initial }),
    },
  });
  const isLoading = !data && !error;
  return (
    <Combobox
      // The name of what it begins with is known only then.
      key={isLoading ? "loading" : "loaded"}
      label={ticketLabels.about_id}
      isOptional
      placeholder="An invoice, key, license or tenant"
      options={(data?.items ?? []).map(({ id, kind, name, status }) => ({
        id,
        label: `${thingWords[kind]} ${name}`,
        description: statusWord(status),
      }))}
      isLoading={isLoading}
      emptyText={error ? "They could not be loaded" : "Nothing matches"}
      {...field}
      isDisabled={isLoading}
    />
  );
}
