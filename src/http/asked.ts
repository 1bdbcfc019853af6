import type { IncomingMessage } from "node:http";
import { DomainError } from "@/shared/errors";

/** What a route reads of a request. A Request has it all, and costs more than most checks. */
export type Asked = {
  readonly method: string;
  /** only what follows its first `?` is read */
  readonly url: string;
  readonly headers: Pick<Headers, "get" | "has">;
  /**
   * The body, read while counting: past `limit` bytes it stops and throws PAYLOAD_TOO_LARGE,
   * whatever Content-Length claimed.
   */
  readBytes(limit: number): Promise<Uint8Array>;
};

/** Of a Request, as Next gives it. */
export function askedBy(request: Request): Asked {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    readBytes: (limit) => readRequest(request, limit),
  };
}

/** Of node's own, as the front listener gets it. */
export function askedOf(request: IncomingMessage): Asked {
  const { headers } = request;
  return {
    method: request.method ?? "",
    url: request.url ?? "/",
    headers: {
      get(name) {
        const value = headers[name];
        return Array.isArray(value) ? value.join(", ") : (value ?? null);
      },
      has: (name) => headers[name] !== undefined,
    },
    readBytes: (limit) => readIncoming(request, limit),
  };
}

/** The token of an Authorization header, if it is a bearer's. */
export function bearerOf(
  authorization: string | null | undefined,
): string | null {
  const [scheme, token] = authorization?.split(" ", 2) ?? [];
  return scheme?.toLowerCase() === "bearer" && token ? token : null;
}

async function readRequest(
  request: Request,
  limit: number,
): Promise<Uint8Array> {
  const claimed = request.headers.get("content-length");
  assertFits(Number(claimed ?? 0), limit);
  // No more than the claimed length ever comes, and a body in one piece is read much faster.
  const bytes = /^\d+$/.test(claimed ?? "")
    ? new Uint8Array(await request.arrayBuffer())
    : await readCounting(request, limit);
  assertFits(bytes.byteLength, limit);
  return bytes;
}

async function readCounting(
  request: Request,
  limit: number,
): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
}

function readIncoming(
  request: IncomingMessage,
  limit: number,
): Promise<Uint8Array> {
  assertFits(Number(request.headers["content-length"] ?? 0), limit);
  // Whoever has gone already sends no end, and nothing would come of waiting.
  if (request.errored) return Promise.reject(request.errored);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // What comes after the limit is read on, and dropped.
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > limit) reject(tooLarge(limit));
      else chunks.push(chunk);
    });
    request.once("end", () => {
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    request.once("error", reject);
  });
}

function assertFits(bytes: number, limit: number): void {
  if (bytes > limit) throw tooLarge(limit);
}

function tooLarge(limit: number): DomainError {
  return new DomainError(
    "PAYLOAD_TOO_LARGE",
    `The body is larger than ${limit} bytes. Send less at once.`,
    { limit_bytes: limit },
  );
}
