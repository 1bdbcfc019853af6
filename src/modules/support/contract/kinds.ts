// Plain lists: lists on screens load them without the schemas.

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
