import type { DisputeState, PaymentState, RefundState } from "./contract/parts";

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

/** The same of a refund: one that went out may still come back, and then has ended. */
export function laterRefund(
  known: RefundState,
  news: RefundState,
): RefundState {
  if (known === "pending") return news;
  return known === "succeeded" && news !== "pending" ? news : known;
}

/** The same of a dispute: a loss may be reversed, a win is the end. Null: it is not known yet. */
export function laterDispute(
  known: DisputeState | null,
  news: DisputeState,
): DisputeState {
  if (known === null || known === "open") return news;
  return known === "lost" && news === "won" ? news : known;
}
