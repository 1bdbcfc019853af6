"use client";

import { useId } from "react";
import type * as z from "zod";
import { call } from "@/client/call";
import { useContractForm } from "@/client/use-contract-form";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { Dialog } from "@/ui/overlays/dialog";
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
  const id = useId();
  const title = price ? `Change the price of ${priceName(price)}` : "New price";
  const { control, submit, isDirty, isPending, summary } = useContractForm<
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
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={title}
      description={
        price
          ? "The price of now ends as this one begins. What was used before keeps its price."
          : "It holds for usage from its start on."
      }
      isDirty={isDirty}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            isPending={isPending}
          >
            {price ? "Change price" : "Enter price"}
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={submit} aria-label={title}>
        <ErrorSummary {...summary} title="The price was not entered" />
        <PriceFields control={control} isChange={price !== undefined} />
      </Form>
    </Dialog>
  );
}
