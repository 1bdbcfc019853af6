"use client";

import { useWatch, type Control } from "react-hook-form";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { InstantField } from "@/ui/dates/instant-field";
import { toast } from "@/ui/display/toaster";
import { Time } from "@/ui/display/time";
import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { licensesApi, type License, type RenewInput } from "../contract";
import type { LicenseDialogProps } from "./license-dialogs";

type Values = { by: "cycle" | "day"; expires_at: string | null };

const labels = { by: "Renew it", expires_at: "New end" };

/** Renews a license by a cycle, or until a day. */
export function RenewDialog({ license, onClose, onDone }: LicenseDialogProps) {
  const hasCycle = license.interval !== "once" || license.valid_days !== null;
  const form = useContractForm<Values, RenewInput>({
    schema: licensesApi.renew.body,
    defaultValues: { by: hasCycle ? "cycle" : "day", expires_at: null },
    labels,
    toBody: ({ by, expires_at }) =>
      by === "cycle" ? {} : { expires_at: expires_at ?? undefined },
    check: ({ by, expires_at }): Record<string, string> =>
      by === "day" && expires_at === null ? { expires_at: "is required" } : {},
    send: async (body) => {
      const params = { license_id: license.id };
      await call(licensesApi.renew, { params, body }, { ifMatch: license });
      await onDone();
      toast.success(`${license.name} is renewed`);
    },
  });
  const choice = useFormField(form.control, "by");
  const by = useWatch({ control: form.control, name: "by" });
  return (
    <FormDialog
      form={form}
      title={`Renew ${license.name}`}
      description={
        license.expires_at ? (
          <>
            {license.status === "expired" ? "It expired " : "It expires "}
            <Time value={license.expires_at} />
          </>
        ) : undefined
      }
      size="sm"
      submitLabel="Renew license"
      failure="The license was not renewed"
      onClose={onClose}
    >
      {hasCycle ? (
        <RadioGroup
          label={labels.by}
          options={[
            { id: "cycle", label: cycleLabel(license) },
            { id: "day", label: "Until a time of your choice" },
          ]}
          {...choice}
        />
      ) : null}
      {by === "day" ? <NewEnd control={form.control} /> : null}
    </FormDialog>
  );
}

function NewEnd({ control }: { control: Control<Values> }) {
  return (
    <InstantField
      label={labels.expires_at}
      {...useFormField(control, "expires_at")}
    />
  );
}

function cycleLabel({ interval, valid_days, status }: License): string {
  const length =
    valid_days !== null
      ? `${valid_days} day${valid_days === 1 ? "" : "s"}`
      : `one ${interval}`;
  return status === "expired"
    ? `For ${length}, from now`
    : `By ${length}, from its end`;
}
