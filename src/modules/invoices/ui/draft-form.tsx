"use client";

import { Plus, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useFieldArray, useWatch, type Control } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import {
  decimalText,
  fromMinor,
  scaled,
  times,
  toMinor,
} from "@/shared/decimal";
import { minorDigits, money } from "@/shared/money";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { Money } from "@/ui/display/money";
import { toast } from "@/ui/display/toaster";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { invoicesApi, type Invoice, type InvoiceInput } from "../contract";
import { totalsOf, type TotalsRate } from "../contract/totals";

// The server does not know how the viewer writes a date.
const InstantField = dynamic(
  () => import("@/ui/dates/instant-field").then((part) => part.InstantField),
  { ssr: false, loading: () => <div className="h-20" /> },
);

type Line = {
  description: string;
  quantity: string;
  unit_price: string;
  tax_rate_id?: string | null;
};
type Values = { lines: Line[]; memo: string; due_at: string | null };

const labels = {
  "lines.*.description": "Description",
  "lines.*.quantity": "Quantity",
  "lines.*.unit_price": "Unit price",
  lines: "Lines",
  memo: "Memo",
  due_at: "Due by",
};
const blank: Line = { description: "", quantity: "1", unit_price: "" };

export type DraftFormProps = {
  customer: { id: string; name: string };
  currency: string;
  /** The draft to change; a new one unless given. */
  draft?: Invoice;
  /** the tax of the customer's place, as of now */
  rate: TotalsRate | null;
};

/** Drafts an invoice of one-off lines, or changes a draft; the sums follow what is typed. */
export function DraftForm(props: DraftFormProps) {
  const { currency, rate, draft } = props;
  const router = useRouter();
  const form = useContractForm<Values, InvoiceInput>({
    schema: invoicesApi.create.body,
    defaultValues: toValues(draft),
    labels,
    toBody: (values) => toBody(props, values),
    send: async (body) => {
      const { id } = await save(body, draft);
      toast.success("The draft is saved");
      router.push(`/invoices/${id}`);
      router.refresh();
    },
  });
  const { control } = form;
  return (
    <Card title="Lines" className="max-w-4xl">
      <Form
        onSubmit={form.submit}
        aria-label={draft ? "Edit draft" : "New invoice"}
      >
        <ErrorSummary {...form.summary} title="The draft was not saved" />
        <Lines control={control} currency={currency} />
        <Totals control={control} currency={currency} rate={rate} />
        <TextArea
          label={labels.memo}
          isOptional
          rows={2}
          description="Printed below the lines."
          {...useFormField(control, "memo")}
        />
        <div className="max-w-sm">
          <InstantField
            label={labels.due_at}
            isOptional
            description="Empty: the payment terms, from when it is finalized."
            {...useFormField(control, "due_at")}
          />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" isPending={form.isPending}>
            Save draft
          </Button>
          {draft ? (
            <LinkButton href={`/invoices/${draft.id}`}>Cancel</LinkButton>
          ) : null}
        </div>
      </Form>
    </Card>
  );
}

function save(body: InvoiceInput, draft: Invoice | undefined) {
  if (!draft) return call(invoicesApi.create, { body });
  const { lines, memo, due_at } = body;
  return call(
    invoicesApi.update,
    { params: { invoice_id: draft.id }, body: { lines, memo, due_at } },
    { ifMatch: draft },
  );
}

function toValues(draft: Invoice | undefined): Values {
  if (!draft) return { lines: [blank], memo: "", due_at: null };
  const digits = minorDigits(draft.currency);
  const lines = draft.lines.map(
    ({ description, quantity, unit_price, amount, tax_rate_id }) => ({
      description,
      tax_rate_id,
      // A line may say what it comes to in place of a price: that is one of that price here.
      quantity: unit_price === null ? "1" : quantity,
      unit_price: priced(
        unit_price ?? decimalText(fromMinor(BigInt(amount.amount), digits)),
        digits,
      ),
    }),
  );
  return { lines, memo: draft.memo ?? "", due_at: draft.due_at };
}

/** `1250` → `1250.00`: as one would type it. */
function priced(price: string, digits: number): string {
  const [whole = "0", fraction = ""] = price.split(".");
  const shown = fraction.padEnd(digits, "0");
  return shown ? `${whole}.${shown}` : whole;
}

function toBody(
  { customer, currency }: DraftFormProps,
  { lines, memo, due_at }: Values,
): unknown {
  return {
    customer_id: customer.id,
    currency,
    lines: lines.map(({ tax_rate_id, ...line }) => ({
      ...line,
      unit_price: line.unit_price.trim(),
      ...(tax_rate_id && { tax_rate_id }),
    })),
    memo: memo.trim() || null,
    due_at,
  };
}

type Given = { control: Control<Values>; currency: string };

function Lines({ control, currency }: Given) {
  const { fields, append, remove } = useFieldArray({ control, name: "lines" });
  return (
    <div className="grid gap-4">
      {fields.map((field, at) => (
        <LineFields
          key={field.id}
          control={control}
          currency={currency}
          at={at}
          onRemove={fields.length > 1 ? () => remove(at) : undefined}
        />
      ))}
      <div>
        <Button icon={<Plus />} onPress={() => append(blank)}>
          Add line
        </Button>
      </div>
    </div>
  );
}

function LineFields({
  control,
  currency,
  at,
  onRemove,
}: Given & { at: number; onRemove: (() => void) | undefined }) {
  return (
    <fieldset className="grid min-w-0 gap-3 sm:grid-cols-[1fr_6rem_9rem_auto] sm:items-start">
      <legend className="sr-only">{`Line ${at + 1}`}</legend>
      <TextField
        label={labels["lines.*.description"]}
        isRequired
        autoComplete="off"
        {...useFormField(control, `lines.${at}.description`)}
      />
      <TextField
        label={labels["lines.*.quantity"]}
        isRequired
        inputMode="decimal"
        autoComplete="off"
        {...useFormField(control, `lines.${at}.quantity`)}
      />
      <TextField
        label={labels["lines.*.unit_price"]}
        isRequired
        prefix={currency}
        inputMode="decimal"
        autoComplete="off"
        {...useFormField(control, `lines.${at}.unit_price`)}
      />
      {onRemove ? (
        <div className="sm:pt-6">
          <IconButton
            label={`Remove line ${at + 1}`}
            icon={<Trash2 />}
            onPress={onRemove}
          />
        </div>
      ) : null}
    </fieldset>
  );
}

function Totals({
  control,
  currency,
  rate,
}: Given & { rate: TotalsRate | null }) {
  const lines = useWatch({ control, name: "lines" });
  const digits = minorDigits(currency);
  const totals = totalsOf(
    lines.map((line) => ({
      amount: amountOf(line, digits),
      rate,
      isDiscountable: true,
    })),
    null,
  );
  const shown = (label: string, minor: bigint) => (
    <div className="contents">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="text-right">
        <Money value={money(minor, currency)} />
      </dd>
    </div>
  );
  return (
    <dl
      aria-live="polite"
      className="ml-auto grid w-full max-w-xs grid-cols-[1fr_auto] gap-x-6 gap-y-1"
    >
      {shown("Subtotal", totals.subtotal)}
      {rate
        ? shown(
            rate.isReverseCharge
              ? "Tax (reverse charge)"
              : `Tax ${rate.percent}%`,
            totals.tax,
          )
        : null}
      {shown("Total", totals.total)}
    </dl>
  );
}

// What is not a number yet counts nothing; the field says so.
function amountOf({ quantity, unit_price }: Line, digits: number): bigint {
  const decimal = /^-?\d{1,12}(\.\d{1,12})?$/;
  const [many, price] = [quantity.trim(), unit_price.trim()];
  if (!decimal.test(many) || !decimal.test(price)) return 0n;
  return toMinor(times(scaled(many), scaled(price)), digits);
}
