import type { PaymentState } from "./contract/parts";

/**
 * What a payment's status is once news of it came: news may be older than what is known, so what
 * has ended well stays, and what was given up comes back only as paid.
 */
export function laterStatus(
  known: PaymentState,
  news: PaymentState,
): PaymentState {
  if (known === "succeeded" || news === known) return known;
  if (known === "canceled") return news === "succeeded" ? news : known;
  // A try that failed may be tried again at the provider: then it is under way, and no failure.
  if (known === "failed" && news === "pending") return known;
  return news;
}
