import { account } from "./reach/account";
import { business } from "./reach/business";
import type { Reach } from "./reach/reach";

export type { Reach } from "./reach/reach";

/** Every table that reaches a customer, and how; an erasure takes them in this order. */
export const reach: Readonly<Record<string, Reach>> = {
  ...business,
  ...account,
};

/** The tables that say nothing of one customer, and what they hold. */
export const ofNobody: Readonly<Record<string, string>> = {
  _prisma_migrations: "which migrations were applied",
  backups: "backups of this database",
  batches: "bulk changes: what staff asked for",
  canned_replies: "answers of staff that are given often",
  coupons: "coupons",
  customer_counts: "sums of all customers",
  customer_departures: "sums of all customers",
  customer_sums: "sums of all customers",
  imports: "imports: what staff asked for",
  invoice_series: "the last numbers of invoices",
  license_signing_keys: "what signs license files",
  meters: "what is counted",
  plan_charges: "what is sold",
  plan_features: "what is sold",
  plan_prices: "what is sold",
  plan_versions: "what is sold",
  plans: "what is sold",
  price_book: "what providers cost",
  segments: "filters of the list of customers, as staff named them",
  service_tokens: "secrets of programs",
  settings: "settings",
  setup_links: "the link for the first owner",
  tags: "how many customers have a tag; unused ones go with an erasure",
  task_outcomes: "how often each kind of job was done or failed",
  tax_rates: "tax rates",
  ticket_counts: "sums of all tickets",
  usage_breakdown: "sums of all usage",
  usage_totals: "sums of all usage",
  workers: "the processes that do jobs",
};
