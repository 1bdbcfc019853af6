/**
 * The paths of the systems that this app unites, and where their endpoints live now.
 * Read by next.config.mjs, and by the front listener for its 404s and 405s.
 */
export const rewrites = [
  { source: "/api/customers/:path*", destination: "/api/v1/customers/:path*" },
  { source: "/api/customers", destination: "/api/v1/customers" },
  ...same("/api/tenants", [
    ...["", "/:tenant_id", "/:tenant_id/modules", "/:tenant_id/logs"],
    ...["/:tenant_id/modules/:module_name", "/:tenant_id/jobs"],
    ...["/:tenant_id/backup", "/:tenant_id/backups"],
  ]),
  { source: "/api/health/:path*", destination: "/api/v1/health/:path*" },
  { source: "/api/health", destination: "/api/v1/health" },
  { source: "/api/subscription/plans", destination: "/api/v1/plans" },
  { source: "/api/billing/plans", destination: "/api/v1/billing/plans" },
  {
    source: "/api/billing/subscriptions",
    destination: "/api/v1/billing/subscriptions",
  },
  {
    source: "/api/billing/subscriptions/:subscription_id/cancel",
    destination: "/api/v1/billing/subscriptions/:subscription_id/cancel",
  },
  ...same("/api/billing", [
    ...["/subscribe", "/invoices", "/usage", "/portal", "/payment-methods"],
    ...["/payment-methods/:payment_method_id"],
    ...["/checkout/stripe", "/checkout/paddle"],
  ]),
  { source: "/api/support/:path*", destination: "/api/v1/support/:path*" },
  { source: "/api/support", destination: "/api/v1/support" },
  ...same("/api/webhooks", ["/stripe", "/paddle"]),
  // One by one: the rest of /api/auth belongs to the sign-in of browsers.
  ...same("/api/auth", [
    ...["/register", "/login", "/refresh", "/logout", "/profile"],
    ...["/change-password", "/forgot-password", "/reset-password"],
    "/verify-email",
  ]),
  {
    source: "/api/subscription/user/:customer_id/subscription",
    destination: "/api/v1/customers/:customer_id/subscriptions",
  },
  { source: "/api/subscription/pricing", destination: "/api/v1/pricing" },
  {
    source: "/api/subscription/usage/:customer_id/trends",
    destination: "/api/v1/customers/:customer_id/usage/trends",
  },
  {
    source: "/api/subscription/usage/:customer_id",
    destination: "/api/v1/customers/:customer_id/usage",
  },
  {
    source: "/api/subscription/dashboard/:customer_id",
    destination: "/api/v1/customers/:customer_id/dashboard/data",
  },
  {
    source: "/api/subscription/alerts/:alert_id/mark-read",
    destination: "/api/v1/alerts/:alert_id/read",
  },
  {
    source: "/api/subscription/alerts/:customer_id",
    destination: "/api/v1/customers/:customer_id/alerts",
  },
];

/**
 * Paths that are under /api/v1 now, and else the same.
 * @param {string} under
 * @param {string[]} paths
 */
function same(under, paths) {
  const now = under.replace("/api/", "/api/v1/");
  return paths.map((path) => ({
    source: under + path,
    destination: now + path,
  }));
}
