// Plain values: screens load them without the schemas.

/** Bytes that a file of a message may have. */
export const attachmentBytes = 10_000_000;

/** Bytes that a whole mail may have: a file of that size, as mails write it. */
export const mailBytes = 15_000_000;

/** Files that a message may have. */
export const mostFiles = 10;

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
