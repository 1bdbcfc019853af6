import * as z from "zod";

/**
 * A network in CIDR notation in the one form that is stored and compared: without bits beyond its
 * prefix, IPv6 as RFC 5952 writes it. A lone address is a network of one; an IPv4 address that
 * IPv6 maps (RFC 4291, 2.5.5.2) is that IPv4 address. Null for what is no network.
 */
export function toNetwork(typed: string): string | null {
  const [, address = "", size] =
    /^([^/]+)(?:\/(\d{1,3}))?$/.exec(typed.trim()) ?? [];
  const bytes = z.ipv4().safeParse(address).success
    ? address.split(".").map(Number)
    : z.ipv6().safeParse(address).success
      ? bytesOfIpv6(address)
      : null;
  if (!bytes) return null;
  const prefix = size === undefined ? bytes.length * 8 : Number(size);
  if (prefix > bytes.length * 8) return null;
  if (isMapped(bytes) && prefix >= 96)
    return write(bytes.slice(12), prefix - 96);
  return write(bytes, prefix);
}

/** Schema of a network that callers may come from, such as 203.0.113.0/24. */
export const Network = z
  .string()
  .max(64)
  .overwrite((typed) => toNetwork(typed) ?? typed)
  .refine((typed) => toNetwork(typed) !== null, {
    error:
      "must be an IPv4 or IPv6 address or network, such as 203.0.113.7 or 2001:db8::/32",
  })
  .meta({ example: "203.0.113.0/24" });

// URL writes an IPv6 host as RFC 5952 does, with groups of hex digits only.
function canonical(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function bytesOfIpv6(address: string): number[] {
  const [head = "", tail] = canonical(address).split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const zeros = Array<string>(8 - first.length - last.length).fill("0");
  return [...first, ...zeros, ...last].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
}

function isMapped(bytes: number[]): boolean {
  return (
    bytes.length === 16 &&
    bytes.every((byte, at) => (at < 10 ? byte === 0 : at > 11 || byte === 255))
  );
}

function write(bytes: number[], prefix: number): string {
  const kept = bytes.map((byte, at) => {
    const bits = Math.min(Math.max(prefix - at * 8, 0), 8);
    return byte & (256 - 2 ** (8 - bits));
  });
  if (kept.length === 4) return `${kept.join(".")}/${prefix}`;
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((kept[2 * at] ?? 0) << 8) | (kept[2 * at + 1] ?? 0)).toString(16),
  );
  return `${canonical(groups.join(":"))}/${prefix}`;
}
