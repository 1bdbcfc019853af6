import { DomainError } from "@/shared/errors";

/** A body's text as JSON, if its content type says that it is. No body is undefined. */
export function parseJson(text: string, contentType: string | null): unknown {
  if (text.trim() === "") return undefined;
  const type = contentType?.trim() ?? "";
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type))
    throw new DomainError(
      "UNSUPPORTED_MEDIA_TYPE",
      "Send the body as JSON, with the header content-type: application/json.",
    );
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new DomainError(
      "INVALID_JSON",
      `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}`,
    );
  }
}

/** The body of a request as text, read as `readBytes` does. */
export async function readText(
  request: Request,
  limit: number,
): Promise<string> {
  const bytes = await readBytes(request, limit);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError("INVALID_JSON", "The body is not UTF-8 text.");
  }
}

/**
 * The body of a request, read while counting: past `limit` bytes it stops and throws
 * PAYLOAD_TOO_LARGE, whatever Content-Length claimed.
 */
export async function readBytes(
  request: Request,
  limit: number,
): Promise<Uint8Array> {
  const claimed = request.headers.get("content-length");
  if (Number(claimed ?? 0) > limit) throw tooLarge(limit);
  // No more than the claimed length ever comes, and a body in one piece is read much faster.
  const bytes = /^\d+$/.test(claimed ?? "")
    ? new Uint8Array(await request.arrayBuffer())
    : await readCounting(request, limit);
  if (bytes.byteLength > limit) throw tooLarge(limit);
  return bytes;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

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

function tooLarge(limit: number): DomainError {
  return new DomainError(
    "PAYLOAD_TOO_LARGE",
    `The body is larger than ${limit} bytes. Send less at once.`,
    { limit_bytes: limit },
  );
}
