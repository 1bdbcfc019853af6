"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, type Control } from "react-hook-form";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { labels, type CustomerValues } from "./customer-values";

type MetadataFieldsProps = { control: Control<CustomerValues> };

/** Names and values of the seller's own. */
export function MetadataFields({ control }: MetadataFieldsProps) {
  const { fields, append, remove } = useFieldArray({
    control,
    name: "entries",
  });
  return (
    <div
      role="group"
      aria-label={labels.entries}
      data-field="entries"
      className="flex flex-col gap-2 sm:col-span-2"
    >
      <div className="flex items-center justify-between gap-2">
        <span aria-hidden className="text-sm font-medium">
          {labels.entries}
        </span>
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus />}
          isDisabled={fields.length >= 50}
          onPress={() => append({ key: "", value: "" })}
        >
          Add metadata
        </Button>
      </div>
      {fields.length === 0 ? (
        <p className="text-xs text-ink-faint">
          Up to 50 names and values of your own. They come back in the API and
          in webhooks.
        </p>
      ) : null}
      {fields.map((field, index) => (
        <Entry
          key={field.id}
          control={control}
          index={index}
          onRemove={() => remove(index)}
        />
      ))}
    </div>
  );
}

type EntryProps = MetadataFieldsProps & {
  index: number;
  onRemove: () => void;
};

function Entry({ control, index, onRemove }: EntryProps) {
  return (
    <div className="flex items-start gap-2">
      <TextField
        label={`Name ${index + 1}`}
        hideLabel
        placeholder="Name"
        mono
        className="flex-1"
        {...useFormField(control, `entries.${index}.key`)}
      />
      <TextField
        label={`Value ${index + 1}`}
        hideLabel
        placeholder="Value"
        mono
        className="flex-1"
        {...useFormField(control, `entries.${index}.value`)}
      />
      <IconButton
        label={`Remove metadata ${index + 1}`}
        icon={<X />}
        onPress={onRemove}
      />
    </div>
  );
}
