import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Watches a body that somebody else will read: past `limit` bytes `refuse` is called, once, what
 * comes after is dropped, and the connection ends. False when Content-Length says so already.
 */
export function watchBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  refuse: () => void,
): boolean {
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    cut(request, response, refuse);
    return false;
  }
  let size = 0;
  const push = request.push.bind(request);
  // Every byte goes through here, whoever reads it; a second reader would take them away.
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (size > limit) return true;
    size += chunk?.byteLength ?? 0;
    if (size <= limit) return push(chunk, encoding);
    cut(request, response, refuse);
    return true;
  };
  return true;
}

function cut(
  request: IncomingMessage,
  response: ServerResponse,
  refuse: () => void,
): void {
  if (response.headersSent) return hangUp(request, response);
  endWith(request, response);
  refuse();
}

/** The answer will be the last of its connection, since the rest of the request is not read. */
export function endWith(
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.setHeader("connection", "close");
  hangUp(request, response);
}

function hangUp(request: IncomingMessage, response: ServerResponse): void {
  // A moment for the answer to arrive: data that nobody took would reset the connection first.
  const end = () => setTimeout(() => request.destroy(), 200).unref();
  if (response.writableFinished) end();
  else response.once("finish", end);
}
