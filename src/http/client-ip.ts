import { singleton } from "@/platform/singleton";

const header = "x-tollkeeper-client-ip";

/** Set once by the front listener, which writes the header itself and drops a caller's. */
const front = singleton("front-listener", () => ({ listens: false }));

export function frontListens(): void {
  front.listens = true;
}

/** The header by which the front listener tells the caller's address to the routes. */
export const clientIpHeader = header;

/** The caller's address, or null when no listener of ours has seen the connection. */
export function clientIp(request: { headers: Headers }): string | null {
  return front.listens ? request.headers.get(header) : null;
}

/**
 * The caller's address behind `hops` trusted proxies: each appended the address that it saw to
 * X-Forwarded-For, so it is the `hops`-th entry from the right; anything further left is claims.
 */
export function addressBehind(
  hops: number,
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
): string {
  const direct = (socketAddress ?? "unknown").replace(/^::ffff:/, "");
  if (hops === 0 || !forwardedFor) return direct;
  const entries = forwardedFor.split(",").map((entry) => entry.trim());
  return entries.at(-hops) || direct;
}
