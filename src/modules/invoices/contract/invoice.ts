import * as z from "zod";
import { idOf } from "@/shared/ids";
import { Money } from "@/shared/fields";
import { CreditNote } from "./credit-notes";
import { InvoiceLine, InvoiceTax, Party } from "./parts";

export const invoiceStatuses = [
  "draft",
  "open",
  "paid",
  "void",
  "uncollectible",
] as const;
export const InvoiceStatus = z.enum(invoiceStatuses);
export type InvoiceStatus = z.output<typeof InvoiceStatus>;

/** Whether one may still pay it: what was written off, too. */
export function isPayable(status: InvoiceStatus): boolean {
  return status === "open" || status === "uncollectible";
}

export const paymentStatuses = [
  "unpaid",
  "pending",
  "partially_paid",
  "paid",
  "partially_refunded",
  "refunded",
  "failed",
] as const;
export const PaymentStatus = z.enum(paymentStatuses);
export type PaymentStatus = z.output<typeof PaymentStatus>;

const instant = z.iso.datetime().nullable();

const summary = {
  id: idOf("ivc"),
  number: z.string().nullable().meta({
    description: "of a series without gaps, from finalization on",
  }),
  customer_id: idOf("cus"),
  customer_name: z.string(),
  subscription_id: idOf("sub").nullable(),
  status: InvoiceStatus,
  payment_status: PaymentStatus,
  is_overdue: z.boolean(),
  reason: z.enum([
    "subscription_create",
    "subscription_cycle",
    "subscription_update",
    "manual",
  ]),
  currency: z.string(),
  total: Money,
  due: Money.meta({ description: "what is still to be paid" }),
  issued_at: instant,
  due_at: instant,
  paid_at: instant,
  sent_at: instant,
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
};

/** An invoice as lists show it. */
export const InvoiceSummary = z.object(summary).meta({ id: "InvoiceSummary" });
export type InvoiceSummary = z.output<typeof InvoiceSummary>;

/** A bill. Once it is finalized its parties, lines and sums never change. */
export const Invoice = z
  .object({
    ...summary,
    subtotal: Money.meta({ description: "after discounts, before tax" }),
    discount: Money,
    tax: Money,
    credit_applied: Money.meta({
      description: "customer credit taken at finalization",
    }),
    paid: Money,
    credited: Money.meta({ description: "by credit notes" }),
    returned: Money.meta({
      description:
        "of that, what was paid already: given back as credit, or to be refunded",
    }),
    period_start: instant,
    period_end: instant,
    seller: Party.nullable(),
    buyer: Party.nullable(),
    memo: z.string().nullable(),
    footer: z.string().nullable(),
    lines: z.array(InvoiceLine),
    taxes: z.array(InvoiceTax),
    credit_notes: z.array(CreditNote),
    pay_url: z.string().nullable().meta({
      description: "a link that lets its holder pay with no sign-in",
    }),
    voided_at: instant,
  })
  .meta({ id: "Invoice" });
export type Invoice = z.output<typeof Invoice>;

/** What the holder of a pay link sees. */
export const PayView = z
  .object({
    number: z.string(),
    status: InvoiceStatus,
    payment_status: PaymentStatus,
    seller: Party.nullable(),
    buyer_name: z.string(),
    lines: z.array(
      InvoiceLine.pick({
        description: true,
        quantity: true,
        unit_price: true,
        amount: true,
        discount: true,
      }),
    ),
    taxes: z.array(InvoiceTax),
    subtotal: Money,
    discount: Money,
    tax: Money,
    total: Money,
    due: Money,
    is_payable: z.boolean(),
    issued_at: instant,
    due_at: instant,
  })
  .meta({ id: "PayView" });
export type PayView = z.output<typeof PayView>;
