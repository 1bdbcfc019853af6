"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useContractForm } from "@/client/use-contract-form";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  taxRatesApi,
  type TaxRate,
  type TaxRateInput,
} from "../contract/tax-rates";
import { placeText } from "./tax-rate-columns";
import { TaxRateKind, type TaxRateValues } from "./tax-rate-kind";

const labels = {
  name: "Name",
  rate: "Rate",
  country: "Country",
  region: "Region",
  is_inclusive: "Prices",
  allows_reverse_charge: "Reverse charge",
  effective_from: "From",
};

/** `?show=new-tax-rate`, `?show=archive-tax-rate` of the rate that the address names. */
export default function TaxRateDialogs({ rate }: { rate: TaxRate | null }) {
  const { show, close } = useDialogUrl();
  const onDone = useDone();
  const given = { onClose: () => void close(), onDone };
  if (show === "new-tax-rate") return <NewDialog {...given} />;
  if (show === "archive-tax-rate" && rate && !rate.archived_at)
    return <ArchiveDialog {...given} rate={rate} />;
  return null;
}

type DialogProps = { onClose: () => void; onDone: () => Promise<void> };

function NewDialog({ onClose, onDone }: DialogProps) {
  const form = useContractForm<TaxRateValues, TaxRateInput>({
    schema: taxRatesApi.create.body,
    defaultValues: {
      name: "",
      rate: "",
      country: "",
      region: "",
      is_inclusive: false,
      allows_reverse_charge: false,
      effective_from: null,
    },
    labels,
    toBody,
    send: async (body) => {
      const made = await call(taxRatesApi.create, { body });
      await onDone();
      toast.success(`${made.name} ${made.rate}% is entered`);
    },
  });
  const { control } = form;
  return (
    <FormDialog
      form={form}
      title="New tax rate"
      description="The rate of the same place that is in force ends as this one begins."
      submitLabel="Enter rate"
      failure="The rate was not entered"
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={labels.name}
          isRequired
          autoFocus
          autoComplete="off"
          placeholder="VAT"
          description="As invoices say it."
          {...useFormField(control, "name")}
        />
        <TextField
          label={labels.rate}
          isRequired
          inputMode="decimal"
          suffix="%"
          autoComplete="off"
          placeholder="19"
          {...useFormField(control, "rate")}
        />
        <TextField
          label={labels.country}
          isOptional
          autoComplete="off"
          placeholder="DE"
          description="Two letters. Empty: wherever no other rate is."
          {...useFormField(control, "country")}
        />
        <TextField
          label={labels.region}
          isOptional
          autoComplete="off"
          placeholder="CA"
          description="Of a country with rates by region."
          {...useFormField(control, "region")}
        />
      </div>
      <TaxRateKind control={control} />
      <InstantField
        label={labels.effective_from}
        isOptional
        description="Empty: now."
        {...useFormField(control, "effective_from")}
      />
    </FormDialog>
  );
}

function toBody(values: TaxRateValues): unknown {
  const { name, rate, country, region, effective_from, ...kind } = values;
  return {
    ...kind,
    name: name.trim(),
    rate: rate.trim().replace(/%$/, ""),
    ...(country.trim() && { country: country.trim().toUpperCase() }),
    ...(region.trim() && { region: region.trim().toUpperCase() }),
    ...(effective_from && { effective_from }),
  };
}

function ArchiveDialog({
  rate,
  onClose,
  onDone,
}: DialogProps & { rate: TaxRate }) {
  const confirm = useConfirm(async () => {
    await call(taxRatesApi.archive, { params: { tax_rate_id: rate.id } });
    await onDone();
    toast.success(`${rate.name} ${rate.rate}% is archived`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Archive ${rate.name} ${rate.rate}%?`}
      description={placeText(rate)}
      consequences={[
        "Invoices that are finalized from now on do not take it.",
        "Those that have it keep it.",
        "It cannot be brought back; enter it anew instead.",
      ]}
      confirmLabel="Archive rate"
      {...confirm}
    />
  );
}
