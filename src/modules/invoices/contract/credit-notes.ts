import * as z from "zod";
import { count, Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";

/** What was taken back of an invoice. */
export const CreditNote = z
  .object({
    id: idOf("crn"),
    number: z.string(),
    invoice_id: idOf("ivc"),
    customer_id: idOf("cus"),
    total: Money.meta({ description: "tax included" }),
    tax: Money,
    reason: z.string(),
    memo: z.string().nullable(),
    to_due: Money.meta({ description: "what it lowered of the debt" }),
    to_credit: Money.meta({ description: "what became the customer's credit" }),
    to_refund: Money.meta({
      description: "what is paid back, of the payments of the invoice",
    }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "CreditNote" });
export type CreditNote = z.output<typeof CreditNote>;

export const CreditNoteInput = z
  .strictObject({
    amount: Money.optional().meta({ description: "tax included" }),
    lines: z.array(count(0, 10_000)).min(1).max(1_000).optional().meta({
      description: "positions of lines to be credited in full",
    }),
    rest: z.enum(["credit", "refund"]).default("credit").meta({
      description: "what becomes of the part that was paid already",
    }),
    reason: text(200),
    memo: text(2_000).nullish(),
  })
  .refine(
    (input) => (input.amount === undefined) !== (input.lines === undefined),
    {
      path: ["amount"],
      error: "is needed, or lines; give one of the two",
    },
  )
  .meta({ id: "CreditNoteInput" });
export type CreditNoteInput = z.output<typeof CreditNoteInput>;
