"use client";

import type * as z from "zod";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { toast } from "@/ui/display/toaster";
import { FormDialog } from "@/ui/overlays/form-dialog";
import { pricingApi, type Price } from "../contract";
import { PriceFields } from "./price-fields";
import {
  blank,
  labels,
  toPriceBody,
  valuesOf,
  type PriceValues,
} from "./price-values";
import { priceName } from "./price-words";

export type PriceFormDialogProps = {
  /** The price that another one takes the place of; none for what has no price yet. */
  price?: Price;
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

/** Enters a price: of something new, or in another one's stead from a time on. */
export function PriceFormDialog({
  price,
  onClose,
  onSaved,
}: PriceFormDialogProps) {
  const form = useContractForm<
    PriceValues,
    z.output<typeof pricingApi.create.body>
  >({
    schema: pricingApi.create.body,
    defaultValues: price ? valuesOf(price) : blank,
    labels,
    toBody: toPriceBody,
    send: async (body) => {
      const made = await call(pricingApi.create, { body });
      await onSaved();
      toast.success(
        made.status === "scheduled"
          ? `The price of ${priceName(made)} is scheduled`
          : `The price of ${priceName(made)} is entered`,
      );
    },
  });
  return (
    <FormDialog
      form={form}
      title={price ? `Change the price of ${priceName(price)}` : "New price"}
      description={
        price
          ? "The price of now ends as this one begins. What was used before keeps its price."
          : "It holds for usage from its start on."
      }
      submitLabel={price ? "Change price" : "Enter price"}
      failure="The price was not entered"
      onClose={onClose}
    >
      <PriceFields control={form.control} isChange={price !== undefined} />
    </FormDialog>
  );
}
