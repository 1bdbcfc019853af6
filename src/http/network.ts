/**
 * Whom an address counts as: an IPv4 address by itself, an IPv6 address by its /64, since a
 * single caller has all of that (RFC 6177).
 */
export function networkOf(ip: string | null): string {
  if (!ip?.includes(":")) return ip ?? "none";
  const [head = "", tail] = (ip.split("%", 1)[0] ?? "").split("::");
  const first = head.split(":").filter(Boolean);
  const last = (tail ?? "").split(":").filter(Boolean);
  // `::` stands for as many zeros as are missing.
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array<string>(Math.max(0, zeros)).fill("0")];
  const prefix = [...groups, ...last].slice(0, 4);
  return `${prefix.map((group) => group.replace(/^0+(?=.)/, "").toLowerCase()).join(":")}::/64`;
}
