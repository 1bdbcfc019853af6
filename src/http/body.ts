import { DomainError } from "@/shared/errors";
import type { Asked } from "./asked";

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

/** The body of a request as text. Throws PAYLOAD_TOO_LARGE past `limit` bytes, and INVALID_JSON. */
export async function readText(request: Asked, limit: number): Promise<string> {
  const bytes = await request.readBytes(limit);
  try {
    return utf8.decode(bytes);
  } catch {
    throw new DomainError("INVALID_JSON", "The body is not UTF-8 text.");
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });
