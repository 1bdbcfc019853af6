import type { Customer } from "@/modules/customers/contract";
import type { Ctx } from "@/platform/context";
import type {
  DisputeState,
  HostedName,
  PaymentState,
  ProviderName,
  RefundState,
} from "./contract/parts";

/** A payment as a provider holds it; amounts are ISO 4217 minor units, whatever it counts in. */
export type ProviderPayment = {
  kind: "payment";
  providerPaymentId: string;
  /** our own ids, where the provider kept what we gave it along */
  paymentId: string | null;
  invoiceId: string | null;
  customerId: string | null;
  /** who the customer is there */
  externalId: string | null;
  /** it pays an invoice of the provider's own: it is revenue, and nobody's credit here */
  isBilledThere: boolean;
  status: PaymentState;
  minor: bigint;
  currency: string;
  /** card, bank_account, … */
  method: string;
  providerMethodId: string | null;
  failure: { code: string; message: string } | null;
  paidAt: Date | null;
};

export type ProviderRefund = {
  kind: "refund";
  providerRefundId: string;
  providerPaymentId: string;
  /** our own id, of one that began here */
  refundId: string | null;
  status: RefundState;
  minor: bigint;
  currency: string;
  reason: string;
  failureMessage: string | null;
};

export type ProviderDispute = {
  kind: "dispute";
  providerDisputeId: string;
  providerPaymentId: string;
  status: DisputeState;
  minor: bigint;
  currency: string;
  reason: string;
};

export type ProviderMethod = {
  kind: "method";
  providerMethodId: string;
  externalId: string | null;
  /** card, bank_account, paypal, … */
  type: string;
  brand: string | null;
  lastFour: string | null;
  expiresMonth: number | null;
  expiresYear: number | null;
  isAttached: boolean;
  /** somebody chose it at the provider as the one to charge */
  isDefault?: boolean;
};

export type ProviderCheckout = {
  kind: "checkout";
  providerSessionId: string;
  status: "open" | "completed" | "expired";
};

/** Something that other modules own: told on as the event `provider.<name>`. */
export type ProviderNotice = {
  kind: "notice";
  name: "subscription_changed" | "invoice_changed";
  /** whose it is: who the customer is there, and our own id where the provider kept it */
  externalId: string | null;
  customerId: string | null;
  payload: Record<string, string | number | boolean | null>;
};

/** A customer that was deleted at the provider, with its ways to pay. */
export type ProviderCustomerGone = {
  kind: "customer_gone";
  externalId: string;
};

/** What an event comes to, as its objects stand at the provider when they are read. */
export type Fact =
  | ProviderPayment
  | ProviderRefund
  | ProviderDispute
  | ProviderMethod
  | ProviderCheckout
  | ProviderNotice
  | ProviderCustomerGone;

/** An event whose signature was right. */
export type InboundEvent = {
  id: string;
  type: string;
  occurredAt: Date | null;
  /** of another mode (live or test) than this app's key: it is kept, and nothing is done */
  isOtherMode: boolean;
  payload: unknown;
};

export type CheckoutOrder = {
  /** our checkout's id, also what makes a repeated order one */
  checkoutId: string;
  externalId: string;
  customerId: string;
  /** null to save a way to pay only */
  payment: {
    minor: bigint;
    currency: string;
    description: string;
    invoiceId: string;
  } | null;
  returnUrl: string;
  cancelUrl: string;
};

export type ChargeOrder = {
  /** our payment's id, also what makes a repeated charge one */
  paymentId: string;
  externalId: string;
  customerId: string;
  invoiceId: string;
  providerMethodId: string;
  minor: bigint;
  currency: string;
  description: string;
};

export type RefundOrder = {
  /** our refund's id, also what makes a repeated refund one */
  refundId: string;
  providerPaymentId: string;
  minor: bigint;
  currency: string;
  reason: string;
};

/**
 * A payment provider. Its verbs talk to it over the network, outside of any transaction; each may
 * come twice with the same id of ours, and then has one effect. They throw ProviderError.
 */
export type HostedProvider = {
  name: HostedName;
  /** as people know it */
  title: string;
  /** `gone`: who the customer was there, until it was deleted there */
  createCustomer(
    ctx: Ctx,
    customer: Customer,
    gone: string | null,
  ): Promise<string>;
  createCheckout(
    ctx: Ctx,
    order: CheckoutOrder,
  ): Promise<{ id: string; url: string; expiresAt: Date }>;
  charge(ctx: Ctx, order: ChargeOrder): Promise<ProviderPayment>;
  refund(ctx: Ctx, order: RefundOrder): Promise<ProviderRefund>;
  detach(ctx: Ctx, providerMethodId: string): Promise<void>;
  /** the address of its own billing portal; null when it has none */
  portal(
    ctx: Ctx,
    externalId: string,
    returnUrl: string,
  ): Promise<string | null>;
  /** An event whose signature over the raw body is right; null when it is not. */
  verify(ctx: Ctx, raw: string, headers: Headers): Promise<InboundEvent | null>;
  /** Whether it is a type that `read` knows. */
  handles(type: string): boolean;
  /** What an event is about, read anew: its own payload may be old. */
  read(ctx: Ctx, type: string, payload: unknown): Promise<Fact[]>;
  /** Payments made between two instants, as they stand now. */
  payments(
    ctx: Ctx,
    from: Date,
    to: Date,
  ): AsyncIterable<ProviderPayment & { refundedMinor: bigint }>;
};

/** A provider did not do what it was asked. `isFinal`: asking again will not help. */
export class ProviderError extends Error {
  constructor(
    readonly provider: ProviderName,
    message: string,
    readonly isFinal: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ProviderError";
  }
}
