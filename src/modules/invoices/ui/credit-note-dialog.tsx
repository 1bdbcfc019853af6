"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { formatMoney, money, parseMoney } from "@/shared/money";
import { toast } from "@/ui/display/toaster";
import { Select } from "@/ui/forms/select";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { invoicesApi, type CreditNoteInput } from "../contract";
import type { InvoiceDialogProps } from "./invoice-dialogs";

type Values = { amount: string; rest: string; reason: string };
const labels = {
  amount: "Amount",
  rest: "What was paid already",
  reason: "Reason",
};

/** Takes back a part of an invoice, or all of it. */
export function CreditNoteDialog({
  invoice,
  onClose,
  onDone,
}: InvoiceDialogProps) {
  const { currency, total, credited } = invoice;
  const left = money(BigInt(total.amount - credited.amount), currency);
  const form = useContractForm<Values, CreditNoteInput>({
    schema: invoicesApi.credit.body,
    defaultValues: { amount: "", rest: "credit", reason: "" },
    labels,
    toBody: ({ amount, ...rest }) => ({
      ...rest,
      amount: parseMoney(amount, currency) ?? undefined,
    }),
    toField: (path) => (path.startsWith("amount") ? "amount" : path),
    check: ({ amount }): Record<string, string> => {
      const typed = parseMoney(amount, currency);
      if (!typed) return { amount: `must be an exact amount of ${currency}` };
      return typed.amount > 0 && typed.amount <= left.amount
        ? {}
        : { amount: `must be above 0, and at most ${formatMoney(left)}` };
    },
    send: async (body) => {
      const note = await call(invoicesApi.credit, {
        params: { invoice_id: invoice.id },
        body,
      });
      await onDone();
      toast.success(`${note.number} is issued`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Credit note on ${invoice.number ?? ""}`}
      description={`It lowers what is due first. ${formatMoney(left)} can be taken back.`}
      size="sm"
      submitLabel="Issue credit note"
      failure="No credit note was issued"
      onClose={onClose}
    >
      <TextField
        label={labels.amount}
        prefix={currency}
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        isRequired
        description="Tax included."
        {...useFormField(form.control, "amount")}
      />
      <Select
        label={labels.rest}
        options={[
          { id: "credit", label: "Becomes the customer’s credit" },
          { id: "refund", label: "Is to be refunded" },
        ]}
        {...useFormField(form.control, "rest")}
      />
      <TextArea
        label={labels.reason}
        rows={2}
        isRequired
        description="Printed on the credit note."
        {...useFormField(form.control, "reason")}
      />
    </FormDialog>
  );
}
