import * as z from "zod";
import { idOf } from "@/shared/ids";
import { Money } from "@/shared/fields";

export const providerNames = ["manual", "stripe", "paddle", "sandbox"] as const;
export type ProviderName = (typeof providerNames)[number];

/** Providers that take the money themselves, on pages of their own. */
export const hostedNames = ["stripe", "paddle", "sandbox"] as const;
export type HostedName = (typeof hostedNames)[number];

export const paymentStates = [
  "pending",
  "requires_action",
  "succeeded",
  "failed",
  "canceled",
] as const;
export const PaymentState = z.enum(paymentStates);
export type PaymentState = z.output<typeof PaymentState>;

export const manualMethods = [
  "cash",
  "bank_transfer",
  "mobile_money",
  "check",
  "other",
] as const;
export type ManualMethod = (typeof manualMethods)[number];

export const refundStates = [
  "pending",
  "succeeded",
  "failed",
  "canceled",
] as const;
export type RefundState = (typeof refundStates)[number];

export const disputeStates = ["open", "won", "lost"] as const;
export type DisputeState = (typeof disputeStates)[number];

/** Money that goes back. */
export const Refund = z
  .object({
    id: idOf("rfd"),
    payment_id: idOf("pay"),
    status: z.enum(refundStates),
    amount: Money,
    reason: z.string(),
    failure_message: z.string().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Refund" });
export type Refund = z.output<typeof Refund>;

/** A payment that its payer disputes at the bank. */
export const Dispute = z
  .object({
    id: idOf("dsp"),
    payment_id: idOf("pay"),
    status: z.enum(disputeStates),
    amount: Money,
    taken: Money.meta({
      description: "what its loss took back, and no win gave back since",
    }),
    reason: z.string(),
    provider_dispute_id: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Dispute" });
export type Dispute = z.output<typeof Dispute>;

/** Money that came, or that was tried to get. */
export const Payment = z
  .object({
    id: idOf("pay"),
    customer_id: idOf("cus"),
    customer_name: z.string(),
    status: PaymentState,
    amount: Money,
    refunded: Money,
    disputed: Money.meta({
      description: "what of it its payer’s bank took back",
    }),
    credited: Money.meta({
      description:
        "what of it lowered no invoice, and is the customer's credit",
    }),
    provider: z.enum(providerNames),
    provider_payment_id: z.string().nullable(),
    method: z.string().meta({ description: "card, cash, bank_transfer, …" }),
    payment_method_id: idOf("pmd").nullable(),
    invoice_id: idOf("ivc").nullable().meta({
      description: "the invoice that it was tried for",
    }),
    allocations: z
      .array(
        z.object({
          invoice_id: idOf("ivc"),
          amount: Money,
          pays: Money.meta({
            description: "of the amount, what no dispute took back",
          }),
        }),
      )
      .meta({ description: "how much of it paid which invoice" }),
    refunds: z.array(Refund),
    disputes: z.array(Dispute),
    reference: z.string().nullable(),
    note: z.string().nullable(),
    failure_code: z.string().nullable(),
    failure_message: z.string().nullable(),
    receipt_number: z.string().nullable(),
    paid_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Payment" });
export type Payment = z.output<typeof Payment>;
