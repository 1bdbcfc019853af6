import { statusWord } from "@/ui/display/statuses";
import type { Payment } from "../contract/parts";

/** `bank_transfer` → `Bank transfer`. */
export const methodText = (method: string) => statusWord(method);

export const providerText = {
  manual: "By hand",
  stripe: "Stripe",
  paddle: "Paddle",
  sandbox: "Sandbox",
} as const satisfies Record<Payment["provider"], string>;

/** How a payment is called: its receipt, or where it stands. */
export function paymentName({ receipt_number, status }: Payment): string {
  return receipt_number ?? `${statusWord(status)} payment`;
}

/** A payment's status, with what of it went back. */
export function shownStatus({ status, amount, refunded }: Payment): string {
  if (status !== "succeeded" || refunded.amount === 0) return status;
  return refunded.amount === amount.amount ? "refunded" : "partially_refunded";
}

/** What is left to refund, in minor units. */
export function refundable({ status, amount, refunded }: Payment): number {
  return status === "succeeded" ? amount.amount - refunded.amount : 0;
}
