"use client";

import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { formatMoney, parseMoney } from "@/shared/money";
import { toast } from "@/ui/display/toaster";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { paymentsApi, type RefundInput } from "../contract";
import type { Payment } from "../contract/parts";
import { paymentName, providerText, refundable } from "./payment-words";

export type RefundDialogProps = {
  payment: Payment;
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

type Values = { amount: string; reason: string };

const labels = { amount: "Amount", reason: "Reason" };

/** Gives a payment back, in part or whole. */
export function RefundDialog({ payment, onClose, onSaved }: RefundDialogProps) {
  const { currency } = payment.amount;
  const left = { amount: refundable(payment), currency };
  const isManual = payment.provider === "manual";
  const form = useContractForm<Values, RefundInput>({
    schema: paymentsApi.refund.body,
    defaultValues: { amount: "", reason: "" },
    labels,
    toBody: ({ amount, reason }) => ({
      ...(amount.trim() !== "" && {
        amount: parseMoney(amount, currency) ?? undefined,
      }),
      reason,
    }),
    toField: (path) => (path.startsWith("amount") ? "amount" : path),
    check: ({ amount }): Record<string, string> => {
      if (amount.trim() === "") return {};
      const typed = parseMoney(amount, currency);
      if (!typed || typed.amount <= 0)
        return { amount: `must be an exact amount of ${currency}` };
      return typed.amount > left.amount
        ? { amount: `must be at most ${formatMoney(left)}, which is left` }
        : {};
    },
    send: async (body) => {
      const refund = await call(paymentsApi.refund, {
        params: { payment_id: payment.id },
        body,
      });
      await onSaved();
      toast.success(
        isManual
          ? `${formatMoney(refund.amount)} is refunded`
          : `${formatMoney(refund.amount)} is on its way back`,
      );
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Refund ${paymentName(payment)}`}
      description={
        isManual
          ? "It is noted here: give the money back in the way it came."
          : `${providerText[payment.provider]} gives the money back in the way it came.`
      }
      size="sm"
      submitLabel="Refund"
      failure="Nothing was refunded"
      onClose={onClose}
    >
      <TextField
        label={labels.amount}
        prefix={currency}
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        isOptional
        description={`Empty: all that is left, ${formatMoney(left)}.`}
        {...useFormField(form.control, "amount")}
      />
      <TextArea
        label={labels.reason}
        rows={2}
        isRequired
        description="Kept with the refund and in the audit log."
        {...useFormField(form.control, "reason")}
      />
    </FormDialog>
  );
}
