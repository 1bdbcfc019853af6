import { statusWord } from "@/ui/display/statuses";
import type { PaymentMethod } from "../contract/methods";
import type { Payment } from "../contract/parts";

/** `bank_transfer` → `Bank transfer`. */
export const methodText = (method: string) => statusWord(method);

/** How a way to pay is called: "Visa •••• 4242". */
export function methodName({ kind, brand, last_four }: PaymentMethod): string {
  const name = statusWord(brand ?? kind);
  return last_four ? `${name} •••• ${last_four}` : name;
}

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

/** A payment's status, with what of it went back, or was taken back. */
export function shownStatus({
  status,
  amount,
  refunded,
  disputes,
}: Payment): string {
  if (disputes.some((one) => one.status !== "won")) return "disputed";
  if (status !== "succeeded" || refunded.amount === 0) return status;
  return refunded.amount === amount.amount ? "refunded" : "partially_refunded";
}

/** What is left to refund, in minor units. */
export function refundable({
  status,
  amount,
  refunded,
  disputed,
}: Payment): number {
  const gone = refunded.amount + disputed.amount;
  return status === "succeeded" ? amount.amount - gone : 0;
}
