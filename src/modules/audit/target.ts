import type { IdPrefix } from "@/shared/ids";

/** The kinds of things that audit entries are about, with the prefix of their public ids. */
export const targetPrefixes = {
  alert: "alr",
  attachment: "att",
  boost: "bst",
  canned_reply: "cnd",
  checkout: "chk",
  coupon: "cpn",
  credit_note: "crn",
  customer: "cus",
  device: "dev",
  domain: "dom",
  inbound_webhook: "iwh",
  invitation: "inv",
  invoice: "ivc",
  key: "key",
  ledger_transaction: "ltx",
  license: "lic",
  meter: "mtr",
  note: "nte",
  payment: "pay",
  payment_method: "pmd",
  plan: "pln",
  plan_version: "plv",
  price: "prc",
  reconciliation: "set",
  service_token: "stk",
  session: "ses",
  setting: "set",
  subscription: "sub",
  tax_rate: "txr",
  ticket: "tkt",
  user: "usr",
} as const satisfies Record<string, IdPrefix>;

export type TargetKind = keyof typeof targetPrefixes;
