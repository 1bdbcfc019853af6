import { singleton } from "@/platform/singleton";
import { newId } from "@/shared/ids";

const ipHeader = "x-tollkeeper-client-ip";
export const idHeader = "x-request-id";

// Only a process whose listener is ours may believe these headers: there the front listener
// writes them itself, over whatever the caller sent.
const front = singleton("front-listener", () => ({ listens: false }));

/** From now on this process's front listener writes the headers. */
export function frontListens(): void {
  front.listens = true;
}

/** What the front listener tells the routes and pages of a request, by header. */
export function frontHeaders(
  ip: string,
): Record<typeof ipHeader | typeof idHeader, string> {
  return { [ipHeader]: ip, [idHeader]: newId("req") };
}

// Parts of Next and libraries believe these; only we, or a proxy that is trusted, may say them.
const claims = new Set(["forwarded", "x-real-ip", "x-request-id", "x-nonce"]);
const claimStarts = [
  "x-forwarded-",
  "x-middleware-",
  "x-tollkeeper-",
  "content-security-policy",
];

/** Whether a header says of the caller, or of the request, what only we may say. */
export function isClaim(name: string): boolean {
  if (!mayBeClaim(name)) return false;
  const plain = name.toLowerCase();
  return (
    claims.has(plain) || claimStarts.some((start) => plain.startsWith(start))
  );
}

// Every header of every call is asked, and nearly all are out by first letter and length.
function mayBeClaim({ length, 0: first }: string): boolean {
  if (first === "x" || first === "X") return true;
  if (first === "f" || first === "F") return length === 9;
  return (first === "c" || first === "C") && length >= 23;
}

/** The caller's address, or null when no listener of ours has seen the connection. */
export function clientIp(request: {
  headers: Pick<Headers, "get">;
}): string | null {
  return front.listens ? request.headers.get(ipHeader) : null;
}

/** The request's id: the front listener's, or a new one. */
export function requestIdOf(request: {
  headers: Pick<Headers, "get">;
}): string {
  const given = front.listens ? request.headers.get(idHeader) : null;
  return given ?? newId("req");
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
