const base = "http://own.invalid";

/**
 * Where to go after signing in: the path of our own that `wanted` names, else `/`. Addresses
 * elsewhere, in whatever disguise (`//evil.example`, `/\evil.example`, `javascript:`), are `/`.
 */
export function ownPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, base)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, base);
  // A browser reads a path that begins with two slashes as a host.
  if (origin !== base || pathname.startsWith("//")) return "/";
  return `${pathname}${search}${hash}`;
}
