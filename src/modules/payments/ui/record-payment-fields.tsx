"use client";

import type { Control } from "react-hook-form";
import { useRead } from "@/client/query";
import { CustomerCombobox } from "@/ui/forms/customer-combobox";
import { invoicesApi } from "@/modules/invoices/contract";
import { formatMoney, type Money } from "@/shared/money";
import { Select } from "@/ui/forms/select";
import { useFormField } from "@/ui/forms/use-form-field";

export type Payer = { id: string; name: string; currency: string };

export type Values = {
  customer_id: string;
  invoice_id: string;
  amount: string;
  method: string;
  paid_at: string | null;
  reference: string;
  note: string;
};

export const labels = {
  customer_id: "Customer",
  invoice_id: "Pays",
  amount: "Amount",
  method: "Method",
  paid_at: "Received",
  reference: "Reference",
  note: "Note",
};

/** The choice of paying no invoice. */
export const credit = "credit";

/** Whose payment it is, found by typing. */
export function CustomerField({
  control,
  onChoose,
}: {
  control: Control<Values>;
  onChoose: (customer: Payer) => void;
}) {
  const field = useFormField(control, "customer_id");
  return (
    <CustomerCombobox
      label={labels.customer_id}
      {...field}
      onChange={(id, customer) => {
        field.onChange(id ?? "");
        if (customer) onChoose(customer);
      }}
    />
  );
}

/** Which open invoice it pays, if any; choosing one proposes what is due. */
export function InvoiceField({
  control,
  customer,
  onChoose,
}: {
  control: Control<Values>;
  customer: Payer;
  onChoose: (due: Money) => void;
}) {
  const field = useFormField(control, "invoice_id");
  const { data } = useRead(invoicesApi.listOfCustomer, {
    params: { customer_id: customer.id },
    query: { status: "open", per_page: 50 },
  });
  const open = data?.items ?? [];
  return (
    <Select
      label={labels.invoice_id}
      {...field}
      description="What is more than is due becomes the customer’s credit."
      options={[
        { id: credit, label: "No invoice: keep it as credit" },
        ...open.map(({ id, number, due }) => ({
          id,
          label: `${number} · ${formatMoney(due)} due`,
        })),
      ]}
      onChange={(id) => {
        field.onChange(id);
        const chosen = open.find((one) => one.id === id);
        if (chosen) onChoose(chosen.due);
      }}
    />
  );
}
