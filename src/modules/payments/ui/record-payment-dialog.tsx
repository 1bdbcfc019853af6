"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import {
  type Money,
  formatMoney,
  minorDigits,
  parseMoney,
} from "@/shared/money";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { Select } from "@/ui/forms/select";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { paymentsApi, type PaymentInput } from "../contract";
import { manualMethods } from "../contract/parts";
import { methodText } from "./payment-words";
import {
  credit,
  CustomerField,
  InvoiceField,
  labels,
  type Payer,
  type Values,
} from "./record-payment-fields";

export type { Payer } from "./record-payment-fields";

export type RecordPaymentDialogProps = {
  /** Whose payment it is; chosen in the dialog when it is not said. */
  customer: Payer | undefined;
  /** The invoice that it pays, where it was opened from one. */
  invoice?: { id: string; due: Money };
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

/** Records money that was received by hand. */
export function RecordPaymentDialog({
  customer: given,
  invoice,
  onClose,
  onSaved,
}: RecordPaymentDialogProps) {
  const [customer, setCustomer] = useState<Payer | undefined>(given);
  const [currency, setCurrency] = useState(
    invoice?.due.currency ?? given?.currency ?? "USD",
  );
  const form = useContractForm<Values, PaymentInput>({
    schema: paymentsApi.create.body,
    defaultValues: {
      customer_id: given?.id ?? "",
      invoice_id: invoice?.id ?? credit,
      amount: invoice ? typedMoney(invoice.due) : "",
      method: "bank_transfer",
      paid_at: null,
      reference: "",
      note: "",
    },
    labels,
    toBody: (values) => toBody(values, currency),
    toField: (path) =>
      path.startsWith("amount")
        ? "amount"
        : path.startsWith("invoice_ids")
          ? "invoice_id"
          : path,
    check: ({ amount, customer_id }) => ({
      ...(customer_id === "" && { customer_id: "must be chosen" }),
      ...(!parseMoney(amount, currency) && {
        amount: `must be an exact amount of ${currency}, such as 79.00`,
      }),
    }),
    send: async (body) => {
      const made = await call(paymentsApi.create, { body });
      await onSaved();
      toast.success(
        `${made.receipt_number}: ${formatMoney(made.amount)} is in`,
      );
    },
  });
  return (
    <FormDialog
      form={form}
      title={given ? `Record a payment of ${given.name}` : "Record a payment"}
      description="Money that you have received: it gets a receipt, and pays the invoice that you choose."
      submitLabel="Record payment"
      failure="The payment was not recorded"
      onClose={onClose}
    >
      {given ? null : (
        <CustomerField
          control={form.control}
          onChoose={(chosen) => {
            setCustomer(chosen);
            setCurrency(chosen.currency);
            form.form.setValue("invoice_id", credit);
          }}
        />
      )}
      {customer ? (
        <InvoiceField
          control={form.control}
          customer={customer}
          onChoose={(due) => {
            setCurrency(due.currency);
            form.form.setValue("amount", typedMoney(due), {
              shouldValidate: true,
            });
          }}
        />
      ) : null}
      <TextField
        label={labels.amount}
        prefix={currency}
        inputMode="decimal"
        autoComplete="off"
        isRequired
        {...useFormField(form.control, "amount")}
      />
      <Select
        label={labels.method}
        options={manualMethods.map((id) => ({ id, label: methodText(id) }))}
        {...useFormField(form.control, "method")}
      />
      <InstantField
        label={labels.paid_at}
        description="Empty: now."
        {...useFormField(form.control, "paid_at")}
      />
      <TextField
        label={labels.reference}
        isOptional
        description="Of the transfer, or the check’s number."
        {...useFormField(form.control, "reference")}
      />
      <TextArea
        label={labels.note}
        rows={2}
        isOptional
        {...useFormField(form.control, "note")}
      />
    </FormDialog>
  );
}

function toBody(values: Values, currency: string) {
  const { customer_id, invoice_id, amount, method, paid_at } = values;
  const text = (typed: string) => (typed.trim() === "" ? null : typed);
  return {
    customer_id,
    amount: parseMoney(amount, currency) ?? undefined,
    ...(invoice_id !== credit && { invoice_ids: [invoice_id] }),
    method,
    ...(paid_at && { paid_at: new Date(paid_at).toISOString() }),
    reference: text(values.reference),
    note: text(values.note),
  };
}

/** An amount as one would type it: 79.00. */
function typedMoney({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const units = String(amount).padStart(digits + 1, "0");
  const whole = units.slice(0, units.length - digits);
  return digits > 0 ? `${whole}.${units.slice(-digits)}` : whole;
}
