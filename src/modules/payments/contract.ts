import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { Instant, Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import {
  manualMethods,
  Payment,
  PaymentState,
  providerNames,
  Refund,
} from "./contract/parts";

export {
  Payment,
  PaymentState,
  Refund,
  type ManualMethod,
  type ProviderName,
  type RefundState,
} from "./contract/parts";

const Positive = Money.refine(({ amount }) => amount > 0, {
  path: ["amount"],
  error: "must be more than nothing",
});

const received = {
  method: z.enum(manualMethods),
  reference: text(200).nullish().meta({
    description: "a transfer's reference, a check's number",
  }),
  note: text(2_000).nullish(),
  paid_at: Instant.optional().meta({ description: "now unless said" }),
};

export const PaymentInput = z
  .strictObject({
    customer_id: idOf("cus"),
    amount: Positive,
    invoice_ids: z.array(idOf("ivc")).max(100).optional().meta({
      description:
        "invoices that it pays, in this order; what is left becomes the customer's credit",
    }),
    ...received,
  })
  .meta({ id: "PaymentInput" });
export type PaymentInput = z.output<typeof PaymentInput>;

export const PaymentQuery = z
  .strictObject({
    ...pageFields,
    status: PaymentState.optional(),
    provider: z.enum(providerNames).optional(),
    method: text(40).optional(),
    customer_id: idOf("cus").optional(),
    from: Instant.optional().meta({ description: "created at or after" }),
    to: Instant.optional().meta({ description: "created before" }),
  })
  .meta({ id: "PaymentQuery" });
export type PaymentQuery = z.output<typeof PaymentQuery>;

export const CustomerPaymentQuery = z.strictObject({
  ...pageFields,
  status: PaymentState.optional(),
});

export const payWays = ["credit", "manual", "default_method"] as const;
export const PayInput = z
  .strictObject({
    by: z.enum(payWays).meta({
      description:
        "from the customer's credit, by money that was received, or by charging the default method",
    }),
    amount: Positive.optional().meta({
      description: "of money that was received: all that is due unless said",
    }),
    ...received,
    method: received.method.optional(),
  })
  .refine(({ by, method }) => by !== "manual" || method !== undefined, {
    path: ["method"],
    error: "is required for money that was received",
  })
  .refine(
    ({ by, amount, method, reference, note, paid_at }) =>
      by === "manual" ||
      [amount, method, reference, note, paid_at].every(
        (one) => one === null || one === undefined,
      ),
    { path: ["by"], error: "must be manual to say more of the payment" },
  )
  .meta({ id: "PayInput" });
export type PayInput = z.output<typeof PayInput>;

/** What paying an invoice made of it. */
export const PayResult = z
  .object({
    invoice_id: idOf("ivc"),
    invoice_status: z.string(),
    due: Money,
    payment: Payment.nullable().meta({
      description: "null when credit paid, or while a charge is under way",
    }),
  })
  .meta({ id: "PayResult" });
export type PayResult = z.output<typeof PayResult>;

export const RefundInput = z
  .strictObject({
    amount: Positive.optional().meta({
      description: "all that is not refunded yet unless said",
    }),
    reason: text(500),
  })
  .meta({ id: "RefundInput" });
export type RefundInput = z.output<typeof RefundInput>;

const PaymentId = z.object({ payment_id: idOf("pay") });
const staff = ["staff", "service"] as const;
const everyone = ["staff", "service", "customer"] as const;

export const paymentsApi = {
  list: endpoint({
    id: "payments.list",
    method: "GET",
    path: "/v1/payments",
    summary: "List payments, newest first",
    audience: staff,
    permission: "billing:read",
    query: PaymentQuery,
    response: pageOf(Payment),
  }),
  create: endpoint({
    id: "payments.create",
    method: "POST",
    path: "/v1/payments",
    summary: "Record money that was received by hand",
    description:
      "It pays the invoices named, in their order, as far as they are due; the rest is credit.",
    audience: staff,
    permission: "billing:write",
    status: 201,
    body: PaymentInput,
    response: Payment,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      customer_id: "cus_01jd0000000000000000000000",
      amount: { amount: 7900, currency: "USD" },
      method: "bank_transfer",
      reference: "TRX-2044",
    },
  }),
  get: endpoint({
    id: "payments.get",
    method: "GET",
    path: "/v1/payments/{payment_id}",
    summary: "Get a payment",
    audience: everyone,
    permission: "billing:read",
    params: PaymentId,
    response: Payment,
    errors: ["NOT_FOUND"],
  }),
  refund: endpoint({
    id: "payments.refund",
    method: "POST",
    path: "/v1/payments/{payment_id}/refund",
    summary: "Give a payment back, in part or whole",
    description:
      "Never more than was paid. Money that a provider took goes back through it, and is pending until it has.",
    audience: staff,
    permission: "billing:write",
    status: 201,
    params: PaymentId,
    body: RefundInput,
    response: Refund,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { reason: "Ordered twice" },
  }),
  listOfCustomer: endpoint({
    id: "payments.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/payments",
    summary: "List a customer's payments, newest first",
    audience: everyone,
    permission: "billing:read",
    params: CustomerId,
    query: CustomerPaymentQuery,
    response: pageOf(Payment),
    errors: ["NOT_FOUND"],
  }),
  pay: endpoint({
    id: "payments.pay",
    method: "POST",
    path: "/v1/invoices/{invoice_id}/pay",
    summary: "Pay an invoice",
    description:
      "A customer's people pay from credit or by their default method; money received by hand is recorded by staff.",
    audience: everyone,
    permission: "billing:write",
    params: z.object({ invoice_id: idOf("ivc") }),
    body: PayInput,
    response: PayResult,
    errors: ["NOT_FOUND", "CONFLICT", "FORBIDDEN"],
    example: { by: "default_method" },
  }),
};
