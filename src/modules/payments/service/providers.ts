import { DomainError } from "@/shared/errors";
import { hostedNames, type HostedName } from "../contract/parts";
import { ProviderError, type HostedProvider } from "../provider";
import { paddle } from "../providers/paddle";
import { isPaddleOpen } from "../providers/paddle-client";
import { isSandboxOpen, sandbox } from "../providers/sandbox";
import { stripe } from "../providers/stripe";
import { isStripeOpen } from "../providers/stripe-client";

/** The provider, where this environment has set it up; else null. */
export function findProvider(name: HostedName): HostedProvider | null {
  switch (name) {
    case "sandbox":
      return isSandboxOpen() ? sandbox : null;
    case "stripe":
      return isStripeOpen() ? stripe : null;
    case "paddle":
      return isPaddleOpen() ? paddle : null;
    default:
      return name satisfies never;
  }
}

/** The provider. Throws CONFLICT where it is not set up. */
export function getProvider(name: HostedName): HostedProvider {
  const provider = findProvider(name);
  if (provider) return provider;
  throw new DomainError(
    "CONFLICT",
    name === "sandbox"
      ? "The sandbox is not open here: it is for trying things out, outside production."
      : `${titles[name]} is not set up here. Settings → Integrations says how.`,
    { provider: name },
  );
}

/** Those that are set up, in the order in which they are offered. */
export function openProviders(): HostedProvider[] {
  return hostedNames.flatMap((name) => findProvider(name) ?? []);
}

/** The first that is set up. Throws CONFLICT when none is. */
export function firstProvider(): HostedProvider {
  const [first] = openProviders();
  if (first) return first;
  throw new DomainError(
    "CONFLICT",
    "No way to pay online is set up here. Pay by transfer or in cash, and tell us the invoice's number.",
  );
}

/** What a caller is told when a provider did not do what it was asked. */
export async function asking<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    throw new DomainError(
      error.isFinal ? "CONFLICT" : "UNAVAILABLE",
      error.isFinal
        ? error.message
        : `${error.message} Nothing was charged; try again in a moment.`,
      { provider: error.provider },
    );
  });
}

const titles = { stripe: "Stripe", paddle: "Paddle" } as const;
