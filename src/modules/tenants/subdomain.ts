/**
 * A subdomain in the one form that is stored and compared: NFKC, lower case, and by the ASCII form
 * of a domain name (RFC 5891), which the rules below then refuse for what it is.
 */
export function normalSubdomain(typed: string): string {
  const plain = typed.normalize("NFKC").trim().toLowerCase();
  if (/^[a-z0-9-]*$/.test(plain) || /[\s./:@?#\\%]/.test(plain)) return plain;
  const host = URL.canParse(`http://${plain}.example`)
    ? new URL(`http://${plain}.example`).hostname
    : "";
  return host.endsWith(".example") ? host.slice(0, -".example".length) : plain;
}

/** What is wrong with a subdomain in its normal form, or null. */
export function subdomainProblem(
  subdomain: string,
  reserved: readonly string[],
): string | null {
  if (subdomain.length < 3 || subdomain.length > 63)
    return "must have 3 to 63 characters";
  if (subdomain.startsWith("xn--"))
    return "must have only a-z, 0-9 and hyphens: letters of other scripts can look like somebody else's name";
  if (!/^[a-z0-9-]+$/.test(subdomain))
    return "must have only a-z, 0-9 and hyphens";
  if (/^-|-$/.test(subdomain)) return "must not begin or end with a hyphen";
  if (/^..--/.test(subdomain))
    return "must not have two hyphens as its third and fourth characters";
  if (reserved.includes(subdomain)) return "is reserved; choose another one";
  return null;
}
