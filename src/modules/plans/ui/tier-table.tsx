"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, type Control } from "react-hook-form";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { blankTier, type TermsValues } from "./terms-values";

type Part = { control: Control<TermsValues>; at: number; unit: string };

/** The tiers of a charge: up to where each holds, and what it costs. */
export function TierTable({
  control,
  at,
  unit,
  error,
}: Part & { error?: string }) {
  const name = `charges.${at}.tiers` as const;
  const { fields, insert, remove } = useFieldArray({ control, name });
  return (
    <div data-field={name} className="flex flex-col gap-2">
      {fields.map((field, tier) => (
        <div
          key={field.id}
          role="group"
          aria-label={`Tier ${tier + 1}`}
          className="flex items-end gap-2"
        >
          <div className="grid flex-1 items-start gap-2 sm:grid-cols-3">
            <TierFields
              {...{ control, at, unit, tier }}
              isLast={tier === fields.length - 1}
            />
          </div>
          <IconButton
            label={`Remove tier ${tier + 1}`}
            icon={<X />}
            isDisabled={fields.length === 1}
            onPress={() => remove(tier)}
          />
        </div>
      ))}
      {error ? (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      ) : null}
      <div>
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus />}
          isDisabled={fields.length >= 50}
          onPress={() => insert(fields.length - 1, blankTier)}
        >
          Add tier
        </Button>
      </div>
    </div>
  );
}

type TierProps = Part & { tier: number; isLast: boolean };

function TierFields({ control, at, unit, tier, isLast }: TierProps) {
  const upTo = useFormField(control, `charges.${at}.tiers.${tier}.up_to`);
  return (
    <>
      <TextField
        label="Up to"
        suffix={unit}
        inputMode="decimal"
        autoComplete="off"
        placeholder={isLast ? "No end" : "1000"}
        {...upTo}
        isDisabled={isLast}
        value={isLast ? "" : upTo.value}
      />
      <TextField
        label={`Price per ${unit}`}
        inputMode="decimal"
        autoComplete="off"
        placeholder="0.02"
        {...useFormField(control, `charges.${at}.tiers.${tier}.unit_price`)}
      />
      <TextField
        label="Once, when reached"
        inputMode="decimal"
        autoComplete="off"
        placeholder="None"
        {...useFormField(control, `charges.${at}.tiers.${tier}.flat_price`)}
      />
    </>
  );
}
