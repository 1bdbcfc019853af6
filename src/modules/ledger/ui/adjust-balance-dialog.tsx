"use client";

import { ArrowRight } from "lucide-react";
import { useWatch } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { useSeen } from "@/client/use-seen";
import { customersApi, type Customer } from "@/modules/customers/contract";
import {
  type Money as Amount,
  formatMoney,
  minorDigits,
  parseMoney,
} from "@/shared/money";
import { Money } from "@/ui/display/money";
import { toast } from "@/ui/display/toaster";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { ledgerApi, type BalanceInput } from "../contract";

export type AdjustBalanceDialogProps = {
  customer: Customer;
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

type Values = { amount: string; reason: string };

const labels = { amount: "New balance", reason: "Reason" };

/** Brings a balance to an amount, by a ledger entry for the difference. */
export function AdjustBalanceDialog({
  customer,
  onClose,
  onSaved,
}: AdjustBalanceDialogProps) {
  const { currency } = customer;
  const params = { customer_id: customer.id };
  const { change } = useSeen(customer, {
    reread: () => call(customersApi.get, { params }),
    differing: (seen, now) =>
      seen.balance.amount === now.balance.amount
        ? []
        : [`the balance, which is ${formatMoney(now.balance)} now`],
  });
  const form = useContractForm<Values, BalanceInput>({
    schema: ledgerApi.setBalance.body,
    defaultValues: { amount: "", reason: "" },
    labels,
    toBody: ({ amount, reason }) => ({
      balance: parse(amount, currency) ?? undefined,
      reason,
    }),
    toField: (path) => (path.startsWith("balance") ? "amount" : path),
    check: ({ amount }) => checkAmount(amount, currency),
    send: async (body) => {
      const saved = await change((ifMatch) =>
        call(ledgerApi.setBalance, { params, body }, { ifMatch }),
      );
      await onSaved();
      toast.success(`Balance is ${formatMoney(saved.balance)}`);
    },
  });
  return (
    <FormDialog
      form={form}
      title={`Adjust the balance of ${customer.name}`}
      description="The ledger gets an entry for the difference; nothing is overwritten."
      size="sm"
      submitLabel="Adjust balance"
      failure="The balance was not adjusted"
      onClose={onClose}
    >
      <TextField
        label={labels.amount}
        prefix={currency}
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        isRequired
        description="Positive is credit in the customer’s favor; negative is owed to you."
        {...useFormField(form.control, "amount")}
      />
      <Effect
        before={customer.balance}
        typed={useWatch({ control: form.control, name: "amount" })}
      />
      <TextArea
        label={labels.reason}
        rows={2}
        isRequired
        description="Kept in the ledger and in the audit log."
        {...useFormField(form.control, "reason")}
      />
    </FormDialog>
  );
}

/** Before → after, as one types. */
function Effect({ before, typed }: { before: Amount; typed: string }) {
  const after = parse(typed, before.currency);
  const change = after && after.amount - before.amount;
  return (
    <div
      aria-live="polite"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border bg-subtle px-3 py-2"
    >
      <Money value={before} />
      <ArrowRight aria-label="becomes" className="icon text-ink-faint" />
      <Money value={after} className="font-semibold" />
      {change !== null ? (
        <span className="ml-auto text-xs text-ink-muted">
          {change === 0
            ? "No change"
            : `${change > 0 ? "+" : ""}${formatMoney({ amount: change, currency: before.currency })}`}
        </span>
      ) : null}
    </div>
  );
}

function checkAmount(typed: string, currency: string): Record<string, string> {
  if (typed.trim() === "") return { amount: "is required" };
  if (parse(typed, currency)) return {};
  const digits = minorDigits(currency);
  const example = digits > 0 ? `1250.${"5".padEnd(digits, "0")}` : "1250";
  return {
    amount: `must be an exact amount of ${currency}, such as ${example}`,
  };
}

// Thousands may be parted as they are shown: 1,250.50.
function parse(typed: string, currency: string): Amount | null {
  const text = typed.trim().replace("−", "-");
  const isParted = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text);
  return parseMoney(isParted ? text.replaceAll(",", "") : text, currency);
}
