import { BlockList, isIP, isIPv4 } from "node:net";

/**
 * Whether an IP address belongs to a private, local or otherwise special network, which strangers
 * must not reach through this service. What is not an address at all counts as private.
 * Source: IANA's special-purpose address registries for IPv4 and IPv6.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return special.check(address, "ipv4");
  if (isIP(address) !== 6) return true;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return special.check(mapped, "ipv4");
  return !global.check(address, "ipv6") || special.check(address, "ipv6");
}

const special = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  special.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  special.addSubnet(network, prefix, "ipv6");

const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");
