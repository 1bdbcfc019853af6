import type { ServerResponse } from "node:http";
import type { Refusal } from "./refusal";

/** Answer a refusal over node:http. */
export function answerNode(response: ServerResponse, refusal: Refusal): void {
  if (response.destroyed) return;
  response.writeHead(refusal.status, {
    ...refusal.headers,
    "cache-control": "no-store",
    "content-type": "application/json",
  });
  response.end(JSON.stringify(refusal.body));
}

/** The Fetch answer of a refusal. */
export function answerFetch({ status, headers, body }: Refusal): Response {
  return Response.json(body, {
    status,
    headers: { ...headers, "cache-control": "no-store" },
  });
}

/** An answer with more headers; a copy where its own cannot be changed, as after a redirect. */
export function withHeaders(
  response: Response,
  headers: Record<string, string>,
): Response {
  try {
    for (const [name, value] of Object.entries(headers))
      response.headers.set(name, value);
    return response;
  } catch {
    const copy = withBody(response, response.body);
    for (const [name, value] of Object.entries(headers))
      copy.headers.set(name, value);
    return copy;
  }
}

/** The same answer with another body. */
export function withBody(
  { status, statusText, headers }: Response,
  body: ReadableStream<Uint8Array> | null,
): Response {
  return new Response(body, { status, statusText, headers });
}
