import type { IdPrefix } from "@/shared/ids";

/** What the ids of a path's parameter begin with. */
export const prefixes: Record<string, IdPrefix> = {
  alert_id: "alr",
  batch_id: "bch",
  customer_id: "cus",
  import_id: "imp",
  invitation_id: "inv",
  job_id: "job",
  key_id: "key",
  segment_id: "seg",
  session_id: "ses",
  token_id: "stk",
  user_id: "usr",
  note_id: "nte",
  notification_id: "ntf",
  price_id: "prc",
  meter_id: "mtr",
  plan_id: "pln",
  version_id: "plv",
  boost_id: "bst",
  reservation_id: "rsv",
  invoice_id: "ivc",
  payment_id: "pay",
  payment_method_id: "pmd",
  inbound_webhook_id: "iwh",
  checkout_id: "chk",
  tax_rate_id: "txr",
  coupon_id: "cpn",
  subscription_id: "sub",
  change_id: "sch",
  license_id: "lic",
  activation_id: "act",
  domain_id: "dom",
  device_id: "dev",
  ticket_id: "tkt",
  attachment_id: "att",
  canned_reply_id: "cnd",
  tenant_id: "tnt",
  backup_id: "tbk",
};

/** What is no id: a sign-in provider that nobody here has linked, a module that no tenant has. */
export const absentWords: Record<string, string> = {
  provider: "github",
  module_name: "nothing",
};
