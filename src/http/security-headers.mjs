/**
 * What every answer carries. Read by next.config.mjs for any host of the app, and by the front
 * listener for what it answers itself.
 */
export const securityHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  // Addresses of pages can hold one-time tokens: no other site gets to see them.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
};

/** The header, and its value, that keeps browsers to https for a year once they came by it. */
export const onlyHttps = /** @type {const} */ ([
  "strict-transport-security",
  "max-age=31536000",
]);

/** The Content-Security-Policy of what is no page: should a browser show it, nothing runs. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** That of the API reference at /docs: its scripts are files of ours, none of them inline. */
export const docsPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");
