// Plain values: screens load them without the schemas.

/** Bytes that a file of a message may have. */
export const attachmentBytes = 10_000_000;

export const ticketStatuses = [
  "open",
  "pending",
  "on_hold",
  "resolved",
  "closed",
] as const;

export const ticketPriorities = ["urgent", "high", "normal", "low"] as const;

export const ticketCategories = [
  "general",
  "billing",
  "technical",
  "account",
  "feature_request",
] as const;
