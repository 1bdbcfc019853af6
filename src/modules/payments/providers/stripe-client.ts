import Stripe from "stripe";
import { env } from "@/platform/env";
import { ProviderError } from "../provider";

export type { Stripe };

/** The client of Stripe's API, with the version that its types are of. */
export function stripe(): Stripe {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base } = env();
  if (!key) throw new Error("Stripe is not set up here.");
  return (client ??= new Stripe(key, {
    apiVersion: "2026-10-28.endive",
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
    ...(base && address(base)),
  }));
}

let client: Stripe | undefined;

/** Whether this app's key is one of live mode, where money moves. */
export function isLive(): boolean {
  return /^(sk|rk)_live_/.test(env().STRIPE_SECRET_KEY ?? "");
}

/** What Stripe's answer is once it came; its errors come as ProviderError, with words. */
export async function asked<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw toProviderError(error);
  });
}

/** The same, with null for what Stripe does not have (any more). */
export async function found<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw toProviderError(error);
  });
}

/** What a list holds, page by page, with such errors. */
export async function* each<T>(list: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* list;
  } catch (error) {
    throw toProviderError(error);
  }
}

export function isMissing(error: unknown): boolean {
  const { StripeError } = Stripe.errors;
  return error instanceof StripeError && error.code === "resource_missing";
}

function toProviderError(error: unknown): unknown {
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) return error;
  const said = (message: string, isFinal: boolean) =>
    new ProviderError("stripe", message, isFinal, { cause: error });
  // Its own words name a part of the key.
  if (error.statusCode === 401 || error.statusCode === 403)
    return said(
      "Stripe refused the key of this app: STRIPE_SECRET_KEY is wrong, or may not do this.",
      false,
    );
  // 409: the same order is being carried out right now.
  const isRefusal =
    [400, 402, 404].includes(error.statusCode ?? 0) &&
    !(error instanceof errors.StripeRateLimitError);
  return isRefusal
    ? said(error.message, true)
    : said("Stripe does not answer at the moment.", false);
}

function address(base: string) {
  const { protocol, hostname, port } = new URL(base);
  const isPlain = protocol === "http:";
  return {
    host: hostname,
    port: port || (isPlain ? 80 : 443),
    protocol: isPlain ? ("http" as const) : ("https" as const),
  };
}
