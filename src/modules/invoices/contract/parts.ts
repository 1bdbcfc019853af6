import * as z from "zod";
import { DecimalText, Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";

export const lineKinds = [
  "base_fee",
  "proration",
  "overage",
  "one_off",
  "discount",
  "adjustment",
] as const;
export type LineKind = (typeof lineKinds)[number];

/** A seller or a buyer as they were when the invoice was finalized. */
export const Party = z
  .object({
    name: z.string(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    country: z.string().nullable(),
    tax_id: z.string().nullable(),
  })
  .meta({ id: "Party" });
export type Party = z.output<typeof Party>;

export const InvoiceLine = z
  .object({
    position: z.number().int(),
    kind: z.enum(lineKinds),
    description: z.string(),
    quantity: z.string(),
    unit_price: z
      .string()
      .nullable()
      .meta({ description: "decimal text in major units" }),
    amount: Money.meta({
      description: "before discount; with tax where the rate is inclusive",
    }),
    discount: Money,
    tax: Money,
    tax_rate_id: idOf("txr").nullable(),
    period_start: z.iso.datetime().nullable(),
    period_end: z.iso.datetime().nullable(),
    metadata: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "InvoiceLine" });
export type InvoiceLine = z.output<typeof InvoiceLine>;

/** The sum of tax by rate. */
export const InvoiceTax = z
  .object({
    tax_rate_id: idOf("txr").nullable(),
    name: z.string(),
    rate: z.string().meta({ description: "percent, decimal text" }),
    is_inclusive: z.boolean(),
    is_reverse_charge: z.boolean(),
    taxable: Money,
    tax: Money,
  })
  .meta({ id: "InvoiceTax" });
export type InvoiceTax = z.output<typeof InvoiceTax>;

/** A line of one's own: what it comes to, or how many at which price. */
export const LineInput = z
  .strictObject({
    description: text(500),
    quantity: DecimalText.refine((value) => !/^[0.]+$/.test(value), {
      error: "must be above 0",
    }).default("1"),
    unit_price: z
      .string()
      .regex(/^-?\d{1,12}(\.\d{1,12})?$/, {
        error: "must be a decimal as text, such as 250.00",
      })
      .optional()
      .meta({ description: "major units; below 0 gives back" }),
    amount: Money.optional(),
    tax_rate_id: idOf("txr").nullish().meta({
      description: "left out: the rate of the customer's place",
    }),
  })
  .refine(
    (line) => (line.amount === undefined) !== (line.unit_price === undefined),
    {
      path: ["unit_price"],
      error: "is needed, or amount; give one of the two",
    },
  )
  .meta({ id: "InvoiceLineInput" });
export type LineInput = z.output<typeof LineInput>;
