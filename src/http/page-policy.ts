/** What the policy of a page depends on, beside its nonce. */
export type PageSetting = { isHttps: boolean; isDevelopment: boolean };

/**
 * The Content-Security-Policy of one page request (CSP level 3): scripts run when they carry the
 * nonce, or were loaded by one that does.
 */
export function pagePolicy(
  nonce: string,
  { isHttps, isDevelopment }: PageSetting,
): string {
  // React and the bundler evaluate code while one develops, and reload over a socket.
  const development = isDevelopment ? " 'unsafe-eval'" : "";
  const sockets = isDevelopment ? " ws:" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    // Positions of popovers and sizes of charts are style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
