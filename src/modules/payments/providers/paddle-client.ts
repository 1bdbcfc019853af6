import { ApiError, Paddle, type Environment } from "@paddle/paddle-node-sdk";
import { env } from "@/platform/env";
import { ProviderError } from "../provider";

const timeoutMs = 10_000;

/** The client of Paddle's API; a key of its sandbox is asked there. */
export function paddle(): Paddle {
  const { PADDLE_API_KEY: key, PADDLE_API_BASE: base } = env();
  if (!key) throw new Error("Paddle is not set up here.");
  const own = key.startsWith("pdl_sdbx_") ? "sandbox" : "production";
  // Safe: the client takes an address in its place.
  const environment = (base ?? own) as Environment;
  return (client ??= new Paddle(key, { environment }));
}

let client: Paddle | undefined;

/** What Paddle's answer is once it came; its errors come as ProviderError, with words. */
export async function asked<T>(work: Promise<T>): Promise<T> {
  return inTime(work).catch((error: unknown) => {
    throw toProviderError(error);
  });
}

/** The same, with null for what Paddle does not have (any more). */
export async function found<T>(work: Promise<T>): Promise<T | null> {
  return inTime(work).catch((error: unknown) => {
    if (error instanceof ApiError && isMissing(error)) return null;
    throw toProviderError(error);
  });
}

/** What a list holds, page by page, with such errors. */
export async function* each<T>(list: {
  hasMore: boolean;
  next(): Promise<T[]>;
}): AsyncGenerator<T> {
  while (list.hasMore) yield* await asked(list.next());
}

// Its client waits without end.
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error("Paddle took too long."));
    }, timeoutMs);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}

const isMissing = ({ code }: ApiError) =>
  code === "not_found" || code.endsWith("_not_found");

const keyRefused = new Set([
  ...["authentication_missing", "authentication_malformed", "forbidden"],
  ...["invalid_token", "invalid_authentication_header"],
]);

function toProviderError(error: unknown): ProviderError {
  const said = (message: string, isFinal: boolean) =>
    new ProviderError("paddle", message, isFinal, { cause: error });
  if (error instanceof ApiError && keyRefused.has(error.code))
    return said(
      "Paddle refused the key of this app: PADDLE_API_KEY is wrong, or may not do this.",
      false,
    );
  const isRefusal =
    error instanceof ApiError &&
    error.type === "request_error" &&
    !["too_many_requests", "conflict", "concurrent_modification"].includes(
      error.code,
    );
  return isRefusal
    ? said(error.detail, true)
    : said("Paddle does not answer at the moment.", false);
}
