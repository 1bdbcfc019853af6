"use client";

import { QueryProvider } from "@/client/query";
import { CustomerCombobox } from "@/ui/forms/customer-combobox";

export type CustomerFilterProps = {
  onChange: (customerId: string) => void;
  /** The person went elsewhere without a choice. */
  onLeave: () => void;
};

/** Narrows a list to one customer, found by typing. */
export default function CustomerFilter(props: CustomerFilterProps) {
  return (
    <QueryProvider>
      <Choice {...props} />
    </QueryProvider>
  );
}

// It appears because somebody asked for it.
const focus = (input: HTMLInputElement | null) => input?.focus();

function Choice({ onChange, onLeave }: CustomerFilterProps) {
  return (
    <CustomerCombobox
      label="Customer"
      hideLabel
      className="w-full sm:w-64"
      inputRef={focus}
      onChange={(id) => id && onChange(id)}
      onBlur={onLeave}
    />
  );
}
