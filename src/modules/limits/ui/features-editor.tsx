"use client";

import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useFieldArray, useWatch, type Control } from "react-hook-form";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Select } from "@/ui/forms/select";
import { Switch } from "@/ui/forms/switch";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { FormDialog } from "@/ui/overlays/form-dialog";
import {
  featuresApi,
  type Feature,
  type FeaturesInput,
} from "../contract/features";
import {
  featureLabels,
  toFeatureField,
  toFeaturesBody,
  toFeatureValues,
  type FeatureValues,
} from "./feature-values";

export type FeaturesEditorProps = {
  title: string;
  description: ReactNode;
  own: readonly Feature[];
  send: (features: FeaturesInput) => Promise<void>;
  onClose: () => void;
};

/** A dialog with the features that something has of its own. */
export function FeaturesEditor({ own, send, ...frame }: FeaturesEditorProps) {
  const form = useContractForm<FeatureValues, FeaturesInput>({
    schema: featuresApi.set.body,
    defaultValues: toFeatureValues(own),
    labels: featureLabels,
    toBody: toFeaturesBody,
    toField: toFeatureField,
    send,
  });
  const { control } = form;
  const { fields, append, remove } = useFieldArray({ control, name: "rows" });
  const fresh = { feature: "", isOn: true, text: "", meter: "" } as const;
  return (
    <FormDialog
      form={form}
      submitLabel="Save features"
      failure="The features were not saved"
      {...frame}
    >
      {fields.map((field, index) => (
        <Row
          key={field.id}
          {...{ control, index }}
          onRemove={() => remove(index)}
        />
      ))}
      <div>
        <Button
          size="sm"
          icon={<Plus />}
          onPress={() => append({ ...fresh, kind: "boolean" })}
        >
          Add feature
        </Button>
      </div>
    </FormDialog>
  );
}

const kinds = [
  { id: "boolean", label: "Yes or no" },
  { id: "static", label: "A value" },
  { id: "metered", label: "By a meter’s quota" },
];

type RowProps = {
  control: Control<FeatureValues>;
  index: number;
  onRemove: () => void;
};

function Row({ control, index, onRemove }: RowProps) {
  const nth = index + 1;
  const kind = useWatch({ control, name: `rows.${index}.kind` });
  const name = useFormField(control, `rows.${index}.feature`);
  const kindField = useFormField(control, `rows.${index}.kind`);
  const isOn = useFormField(control, `rows.${index}.isOn`);
  const text = useFormField(control, `rows.${index}.text`);
  const meter = useFormField(control, `rows.${index}.meter`);
  return (
    <div
      role="group"
      aria-label={`Feature ${nth}`}
      className="flex flex-wrap items-start gap-2 border-b pb-3"
    >
      <TextField
        label={`Name ${nth}`}
        hideLabel
        placeholder="white_label"
        mono
        className="min-w-32 flex-1"
        {...name}
      />
      <Select
        label={`Kind ${nth}`}
        hideLabel
        options={kinds}
        className="w-40"
        {...kindField}
      />
      <IconButton
        label={`Remove feature ${nth}`}
        icon={<X />}
        onPress={onRemove}
      />
      <div className="w-full">
        {kind === "boolean" ? (
          <Switch
            label={isOn.value ? "Has it" : "Has it not, whatever the plan says"}
            aria-label={`Feature ${nth} is had`}
            isSelected={isOn.value}
            onChange={isOn.onChange}
          />
        ) : kind === "static" ? (
          <TextField
            label={`Value ${nth}`}
            hideLabel
            placeholder="5, or a list with commas"
            {...text}
          />
        ) : (
          <TextField
            label={`Meter ${nth}`}
            hideLabel
            placeholder="The meter’s name, such as tokens"
            mono
            {...meter}
          />
        )}
      </div>
    </div>
  );
}
