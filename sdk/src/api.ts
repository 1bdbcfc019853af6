import createClient, { type Client } from "openapi-fetch";
import { TollkeeperError } from "./errors";
import type { paths } from "./openapi";
import { fieldOf, textOf } from "./shape";

/** A typed client of every endpoint: `api.GET("/api/v1/customers", { params })`. */
export type Api = Client<paths>;

export type Connection = {
  /** where Tollkeeper answers, such as https://tollkeeper.example.com */
  url: string | undefined;
  /** a service token, tk_… */
  token: string | undefined;
  /** milliseconds that one request may take, its answer included; 2000 unless given */
  timeoutMs?: number | undefined;
};

/** Make a typed client of the whole API. Throws TypeError on an address or token that cannot be. */
export function createApi({ url, token, timeoutMs = 2000 }: Connection): Api {
  if (!(timeoutMs > 0 && timeoutMs <= 600_000))
    throw new TypeError("timeoutMs must be from 1 to 600000.");
  return createClient<paths>({
    baseUrl: baseOf(url),
    headers: { authorization: `Bearer ${secretOf(token)}` },
    redirect: "error", // a redirect would carry a caller's key to another place
    fetch: (request) => fetchWithin(timeoutMs, request),
  });
}

/** The whole answer, or a TimeoutError. */
async function fetchWithin(ms: number, request: Request): Promise<Response> {
  const abort = new AbortController();
  const giveUp = () => abort.abort(request.signal.reason);
  request.signal.addEventListener("abort", giveUp);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Not AbortSignal.any with AbortSignal.timeout: Node 20 collects them as garbage before they fire.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException("No answer in time", "TimeoutError");
      reject(reason);
      abort.abort(reason);
    }, ms);
    timer.unref?.(); // what is waited for keeps the process alive, not the waiting
  });
  try {
    return await Promise.race([fetchWhole(request, abort.signal), late]);
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener("abort", giveUp);
  }
}

async function fetchWhole(request: Request, signal: AbortSignal) {
  const response = await fetch(request, { signal });
  const body = await response.arrayBuffer();
  return new Response(body.byteLength > 0 ? body : null, response);
}

type Call<T> = () => Promise<{
  data?: T;
  error?: unknown;
  response: Response;
}>;

/** The data and headers of a call. Throws TollkeeperError for anything but a 2xx with JSON. */
export async function answered<T>(
  call: Call<T>,
): Promise<{ data: NonNullable<T>; headers: Headers }> {
  const { data, error, response } = await call()
    .catch((failure: unknown) => {
      // The server closed an idle connection just as we used it: a new one will do.
      if (dropped.has(causeOf(failure))) return call();
      throw failure;
    })
    .catch((failure: unknown) => {
      throw unanswered(failure);
    });
  if (!response.ok) throw refused(response, error);
  if (data === undefined || data === null) throw garbled(response.status);
  return { data, headers: response.headers };
}

/** For an answer of status 2xx that makes no sense. */
export function garbled(status: number): TollkeeperError {
  return new TollkeeperError(
    "What answers at this address is not Tollkeeper. Check the url.",
    { code: "GARBLED", status: status < 300 ? null : status },
  );
}

const dropped = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

function causeOf(failure: unknown): string {
  return textOf(fieldOf(failure, "cause"), "code");
}

function unanswered(failure: unknown): TollkeeperError {
  const name = textOf(failure, "name");
  if (name === "SyntaxError") return garbled(200);
  if (name === "TimeoutError" || name === "AbortError")
    return new TollkeeperError("Tollkeeper did not answer in time.", {
      code: "TIMEOUT",
    });
  const why = causeOf(failure) || textOf(fieldOf(failure, "cause"), "message");
  return new TollkeeperError(
    `Tollkeeper cannot be reached${why && ` (${why})`}.`,
    { code: "NETWORK" },
  );
}

function refused(response: Response, body: unknown): TollkeeperError {
  const { status, headers } = response;
  const known = isErrorBody(body)
    ? body
    : { error: `Tollkeeper answered with status ${status}.`, code: "GARBLED" };
  return new TollkeeperError(known.error, {
    code: known.code,
    status,
    details: known.details,
    retryAfterSeconds: waitOf(headers.get("retry-after")),
  });
}

// Seconds, or a date as proxies may send it (RFC 9110, 10.2.3).
function waitOf(value: string | null): number | null {
  if (value === null || value.trim() === "") return null;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds)
    ? seconds
    : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

type ErrorBody = { error: string; code: string; details?: unknown };

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === "object" &&
    body !== null &&
    "error" in body &&
    typeof body.error === "string" &&
    "code" in body &&
    typeof body.code === "string"
  );
}

function baseOf(url: string | undefined): string {
  if (!url || !URL.canParse(url))
    throw new TypeError(
      "url must be where Tollkeeper answers, such as https://tollkeeper.example.com.",
    );
  const { protocol, username, password, origin, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || username || password)
    throw new TypeError("url must be http or https, with no password in it.");
  return origin + pathname.replace(/\/+$/, "");
}

// An invalid header value is quoted in fetch's error message, so a bad token must not get there.
function secretOf(token: string | undefined): string {
  const secret = token?.trim() ?? "";
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw new TypeError("token must be a service token, tk_….");
  return secret;
}
