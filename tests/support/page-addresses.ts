export type Who = "nobody" | "staff" | "customer" | "newcomer";
export type Kind = "list" | "other" | "dialog";
/** A page as one visits it; a dialog is a page with something more over it. */
export type Address = { who: Who; at: string; kind: Kind };

/** Things that pages are about: ids, but for the token of a pay link and the paths of an invitation. */
export type PageThings = {
  customer: string;
  plan: string;
  subscription: string;
  invoice: string;
  draftInvoice: string;
  license: string;
  /** of the customer that is signed in */
  ownLicense: string;
  ownInvoice: string;
  ticket: string;
  /** of the customer that is signed in */
  ownTicket: string;
  tenant: string;
  /** of the customer that is signed in */
  ownTenant: string;
  payToken: string;
  checkout: string;
  sandboxSession: string;
  /** somebody's invitation, and the mail about it */
  invitation: { page: string; mail: string };
};

/** Every page, some of them in more than one state. */
export function pageAddresses({ invitation, ...ids }: PageThings): Address[] {
  const customer = `/customers/${ids.customer}`;
  const plan = `/plans/${ids.plan}`;
  const limits = `${customer}/limits?show=`;
  const all: [Who, Kind, ...string[]][] = [
    ["nobody", "other", "/sign-in", "/set-up", "/set-up?token=su_used"],
    ["nobody", "dialog", "/sign-in?error=CredentialsSignin"],
    ["nobody", "other", "/register", "/forgot-password", invitation.page],
    ["nobody", "other", "/verify?token=vl_some", "/reset-password?token=rl_a"],
    ["nobody", "dialog", "/verify", "/reset-password", "/invitation?token=in_"],
    ["newcomer", "other", "/choose-password"],
    ["staff", "other", "/", customer, `${customer}/usage`],
    ["staff", "other", `${customer}/keys`, `${customer}/activity`],
    ["staff", "other", `${customer}/people`, "/account", "/two-factor"],
    ["staff", "other", `${customer}/notes`],
    ["staff", "dialog", `${customer}/people?show=invite`],
    ["staff", "other", "/dev/mail", invitation.mail],
    ["staff", "list", "/customers", "/customers?search=no-such-customer"],
    ["staff", "dialog", "/customers?show=import"],
    ["staff", "dialog", "/customers?show=save-segment&tag=none"],
    ["staff", "dialog", "/customers?show=create", `${customer}?show=edit`],
    ["staff", "dialog", `/customers?show=details&id=${ids.customer}`],
    ["staff", "dialog", `${customer}/keys?show=issue-key`],
    ["staff", "list", "/keys", `/keys?customer_id=${ids.customer}`],
    ["staff", "list", "/invoices", "/invoices?status=void"],
    ["staff", "other", `/invoices/${ids.invoice}`],
    ["staff", "other", `/invoices/${ids.draftInvoice}/edit`],
    ["staff", "other", "/payments", `${customer}/payments`, "/webhooks"],
    ["nobody", "other", `/pay/${ids.payToken}`, "/pay/none"],
    ["nobody", "other", `/checkout/${ids.checkout}`],
    ["nobody", "other", `/sandbox/checkout/${ids.sandboxSession}`],
    ["staff", "other", `${customer}/invoices`, `${customer}/ledger`],
    ["staff", "other", `/invoices/new?customer_id=${ids.customer}`],
    ["staff", "other", "/settings/subscriptions"],
    ["staff", "other", "/subscriptions", "/subscriptions?status=unpaid"],
    ["staff", "other", `${customer}/subscriptions`],
    ["staff", "other", `/subscriptions/${ids.subscription}`],
    ["staff", "dialog", `${customer}/subscriptions?show=add-subscription`],
    ["customer", "other", "/portal/plan", "/portal/payment-methods"],
    ["customer", "list", "/portal/invoices", "/portal/invoices?status=void"],
    ["customer", "other", `/portal/invoices/${ids.ownInvoice}`],
    ["staff", "other", "/settings/billing", "/settings/licenses"],
    ["staff", "list", "/settings/tax-rates", "/settings/coupons"],
    ["staff", "dialog", "/settings/tax-rates?show=new-tax-rate"],
    ["staff", "dialog", "/settings/coupons?show=new-coupon"],
    ["staff", "list", "/licenses", "/licenses?status=revoked"],
    ["staff", "dialog", "/licenses?show=add-license"],
    ["staff", "other", `${customer}/licenses`, `${customer}/domains`],
    ["staff", "other", `${customer}/devices`],
    ["staff", "dialog", `${customer}/licenses?show=add-license`],
    ["staff", "dialog", `${customer}/devices?show=add-device`],
    ["staff", "other", `/licenses/${ids.license}`],
    ["nobody", "other", "/tenant/nobody-has-this"],
    ["staff", "list", "/tenants", "/tenants?status=deleted"],
    ["staff", "dialog", "/tenants?show=create-tenant"],
    ["staff", "dialog", "/tenants?show=adopt-tenant"],
    ["staff", "other", `${customer}/tenants`, `/tenants/${ids.tenant}`],
    ["staff", "dialog", `/tenants/${ids.tenant}?show=delete`],
    ["staff", "dialog", `/tenants/${ids.tenant}?show=edit`],
    ["staff", "other", "/settings/tenants"],
    ["customer", "list", "/portal/tenants"],
    ["customer", "dialog", "/portal/tenants?show=create-tenant"],
    ["customer", "other", `/portal/tenants/${ids.ownTenant}`],
    ["customer", "list", "/portal/licenses"],
    ["customer", "other", `/portal/licenses/${ids.ownLicense}`],
    ["staff", "list", "/tickets", "/tickets?search=no-such-ticket"],
    ["staff", "other", `${customer}/tickets`],
    ["staff", "other", `/tickets/${ids.ticket}`, "/settings/support"],
    ["customer", "other", "/portal/support/new"],
    ["customer", "other", `/portal/support/${ids.ownTicket}`],
    ["staff", "dialog", `/tickets/${ids.ticket}?show=merge`],
    ["staff", "dialog", `/tickets/${ids.ticket}?show=boost`],
    ["staff", "dialog", `${customer}/tickets?show=new-ticket`],
    ["staff", "list", "/settings/canned-replies"],
    ["staff", "dialog", "/settings/canned-replies?show=new-reply"],
    ["customer", "list", "/portal/support", "/portal/support?status=closed"],
    ["staff", "list", "/price-book", "/price-book?search=no-such-model"],
    ["staff", "dialog", "/price-book?show=new-price"],
    ["staff", "list", "/plans", "/plans?search=no-such-plan"],
    ["staff", "dialog", "/plans?show=new-plan", `${plan}?show=publish`],
    ["staff", "dialog", "/plans?show=starter-plans"],
    ["staff", "other", plan],
    ["staff", "other", `${plan}/draft`, `${plan}/versions`, `${plan}/preview`],
    ["staff", "other", "/meters", "/meters?include_archived=true"],
    ["staff", "dialog", "/meters?show=create-meter"],
    ["staff", "other", `${customer}/limits`, "/settings/defaults"],
    [
      "staff",
      "dialog",
      `${limits}quotas`,
      `${limits}features`,
      `${limits}boost`,
    ],
    ["staff", "dialog", "/settings/defaults?show=quotas"],
    ["staff", "list", "/settings/staff", "/settings/tokens", "/audit-log"],
    ["staff", "other", "/audit-log?action=nothing.", "/system"],
    ["staff", "dialog", "/settings/staff?show=invite"],
    ["staff", "dialog", "/settings/tokens?show=issue-token"],
    ["staff", "other", "/settings", "/settings/portal"],
    ["staff", "other", "/settings/security"],
    ["staff", "other", "/settings/limits", "/settings/integrations"],
    ["staff", "other", "/notifications", "/notifications/preferences"],
    ["staff", "other", "/notifications?unread=true", "/usage?by=customer"],
    ["customer", "other", "/portal", "/portal/notifications"],
    ["customer", "other", "/portal/notifications/preferences"],
    ["customer", "other", "/portal/account", "/portal/team", "/portal/usage"],
    ["customer", "dialog", "/portal/account?show=close"],
    ["staff", "list", "/alerts"],
    ["staff", "other", "/usage/events", "/usage/events?model=no"],
    ["customer", "list", "/portal/keys"],
    ["customer", "dialog", "/portal/keys?show=issue-key"],
  ];
  return all.flatMap(([who, kind, ...paths]) =>
    paths.map((at) => ({ who, at, kind })),
  );
}
