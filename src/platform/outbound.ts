import { lookup as resolve } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { BlockList, isIP } from "node:net";
import { Readable } from "node:stream";
import { env } from "./env";

/** A call to a server of somebody else's. */
export type OutboundCall = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Readable;
  /** until the answer begins; what follows may be as long between two pieces of it */
  timeoutMs: number;
};

/** What came back, before its body was read. */
export type OutboundAnswer = {
  status: number;
  headers: IncomingMessage["headers"];
  body: IncomingMessage;
};

/** A call that this app makes to nobody: the address is of this machine or of a private network. */
export class ForbiddenAddress extends Error {
  constructor(host: string) {
    super(
      `${host} is at a private address. Name it in OUTBOUND_PRIVATE_HOSTS if it may be called.`,
    );
    this.name = "ForbiddenAddress";
  }
}

/**
 * Call a server outside. No connection is opened to loopback, private, link-local or reserved
 * addresses, unless OUTBOUND_PRIVATE_HOSTS names the host: what is checked is the address that is
 * connected to, so that a name which answers differently the second time gains nothing. Redirects
 * are not followed.
 */
export async function callOutside(
  address: string,
  { method = "GET", headers = {}, body, timeoutMs }: OutboundCall,
): Promise<OutboundAnswer> {
  const url = new URL(address);
  const isOpen = mayBePrivate(url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!isOpen && isIP(host) && isPrivate(host))
    throw new ForbiddenAddress(url.hostname);
  const { request } = url.protocol === "https:" ? https : http;
  const isText = typeof body === "string";
  return new Promise((done, fail) => {
    const call = request(url, {
      method,
      agent: false,
      timeout: timeoutMs,
      headers: {
        "user-agent": "tollkeeper",
        ...(isText && { "content-length": String(Buffer.byteLength(body)) }),
        ...headers,
      },
      ...(!isOpen && { lookup: publicLookup }),
    });
    call.on("timeout", () => {
      const seconds = Math.round(timeoutMs / 1_000);
      call.destroy(new Error(`${url.host} did not answer within ${seconds} s`));
    });
    call.on("error", fail);
    call.on("response", (answer) => {
      const { statusCode = 0, headers: said } = answer;
      done({ status: statusCode, headers: said, body: answer });
    });
    if (body instanceof Readable) {
      body.on("error", (error) => call.destroy(error));
      body.pipe(call);
    } else call.end(body);
  });
}

/** The whole body as text; throws past `most` bytes. */
export async function textOf(
  { body }: OutboundAnswer,
  most = 10_000_000,
): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > most) {
      body.destroy();
      throw new Error(`The answer has more than ${most} bytes`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Whether nobody outside can have this address. Exported for tests. */
export function isPrivate(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return isPrivate(mapped);
  return version === 4
    ? reserved.check(address, "ipv4")
    : reserved.check(address, "ipv6");
}

type Lookup = NonNullable<http.RequestOptions["lookup"]>;

const publicLookup: Lookup = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, []);
    // Safe: with `all` there is a list.
    const addresses = found;
    const refused = addresses.some(({ address }) => isPrivate(address));
    if (refused || addresses.length === 0)
      return done(new ForbiddenAddress(host), []);
    if (options.all) return done(null, addresses);
    done(null, addresses[0]?.address ?? "", addresses[0]?.family);
  });
};

function mayBePrivate({ hostname, host }: URL): boolean {
  const named = env().OUTBOUND_PRIVATE_HOSTS;
  return named.includes(hostname) || named.includes(host);
}

// IANA's registries of special-purpose addresses, https://www.iana.org/assignments.
const reserved = new BlockList();
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
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  reserved.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  reserved.addSubnet(network, prefix, "ipv6");
