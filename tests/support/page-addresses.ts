export type Who = "nobody" | "staff" | "customer" | "newcomer";
export type Kind = "list" | "other" | "dialog";
/** A page as one visits it; a dialog is a page with something more over it. */
export type Address = { who: Who; at: string; kind: Kind };

/**
 * Every page. `invitation` has the paths of somebody's invitation, and of the mail about it.
 */
export function pageAddresses({
  customerId,
  planId,
  invitation,
}: {
  customerId: string;
  planId: string;
  invitation: { page: string; mail: string };
}): Address[] {
  const customer = `/customers/${customerId}`;
  const plan = `/plans/${planId}`;
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
    ["staff", "dialog", `${customer}/people?show=invite`],
    ["staff", "other", "/dev/mail", invitation.mail],
    ["staff", "list", "/customers", "/customers?search=no-such-customer"],
    ["staff", "dialog", "/customers?show=create", `${customer}?show=edit`],
    ["staff", "dialog", `/customers?show=details&id=${customerId}`],
    ["staff", "dialog", `${customer}/keys?show=issue-key`],
    ["staff", "list", "/keys", `/keys?customer_id=${customerId}`],
    ["staff", "other", "/invoices", "/invoices?status=void"],
    ["staff", "other", `${customer}/invoices`, `${customer}/ledger`],
    ["staff", "other", `/invoices/new?customer_id=${customerId}`],
    ["staff", "other", "/settings/subscriptions"],
    ["staff", "other", "/subscriptions", "/subscriptions?status=unpaid"],
    ["staff", "other", `${customer}/subscriptions`],
    ["staff", "dialog", `${customer}/subscriptions?show=add-subscription`],
    ["customer", "other", "/portal/plan"],
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
    ["customer", "list", "/portal/licenses"],
    ["staff", "list", "/price-book", "/price-book?search=no-such-model"],
    ["staff", "dialog", "/price-book?show=new-price"],
    ["staff", "list", "/plans", "/plans?search=no-such-plan"],
    ["staff", "dialog", "/plans?show=new-plan", `${plan}?show=publish`],
    ["staff", "other", plan],
    // The editor is over its budget by 40 kB, which is owed.
    ["staff", "dialog", `${plan}/draft`],
    ["staff", "other", `${plan}/versions`, `${plan}/preview`],
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
    ["staff", "other", "/audit-log?action=nothing."],
    ["staff", "dialog", "/settings/staff?show=invite"],
    ["staff", "dialog", "/settings/tokens?show=issue-token"],
    ["staff", "other", "/settings", "/settings/security"],
    ["staff", "other", "/settings/limits", "/settings/integrations"],
    ["staff", "other", "/notifications", "/notifications/preferences"],
    ["staff", "other", "/notifications?unread=true", "/usage?by=customer"],
    ["customer", "other", "/portal", "/portal/notifications"],
    ["customer", "other", "/portal/notifications/preferences"],
    ["customer", "other", "/portal/account", "/portal/team", "/portal/usage"],
    ["staff", "list", "/alerts"],
    ["staff", "other", "/usage/events", "/usage/events?model=no"],
    ["customer", "list", "/portal/keys"],
    ["customer", "dialog", "/portal/keys?show=issue-key"],
  ];
  return all.flatMap(([who, kind, ...paths]) =>
    paths.map((at) => ({ who, at, kind })),
  );
}
