import { env } from "@/platform/env";
import { DomainError } from "@/shared/errors";
import { hostedNames, type HostedName } from "../contract/parts";
import { ProviderError, type HostedProvider } from "../provider";
import { isSandboxOpen, sandbox } from "../providers/sandbox";

/** Whether a provider charges a way to pay that it keeps, with nobody there. */
const keeps = { sandbox: true, stripe: true, paddle: false } as const;

/** Whether this environment has set a provider up. */
function isOpen(name: HostedName): boolean {
  const set = env();
  switch (name) {
    case "sandbox":
      return isSandboxOpen();
    case "stripe":
      return Boolean(set.STRIPE_SECRET_KEY && set.STRIPE_WEBHOOK_SECRET);
    case "paddle":
      return Boolean(set.PADDLE_API_KEY && set.PADDLE_WEBHOOK_SECRET);
    default:
      return name satisfies never;
  }
}

/** The provider, where this environment has set it up; else null. */
export async function findProvider(
  name: HostedName,
): Promise<HostedProvider | null> {
  return isOpen(name) ? load(name) : null;
}

/** The provider. Throws CONFLICT where it is not set up. */
export async function getProvider(name: HostedName): Promise<HostedProvider> {
  assertOpen(name);
  return load(name);
}

// Their libraries are large, and loaded only where they are used.
async function load(name: HostedName): Promise<HostedProvider> {
  switch (name) {
    case "sandbox":
      return sandbox;
    case "stripe":
      return (await import("../providers/stripe")).stripe;
    case "paddle":
      return (await import("../providers/paddle")).paddle;
    default:
      return name satisfies never;
  }
}

/** Throws CONFLICT where a provider is not set up. */
export function assertOpen(name: HostedName): void {
  if (isOpen(name)) return;
  throw new DomainError(
    "CONFLICT",
    name === "sandbox"
      ? "The sandbox is not open here: it is for trying things out, outside production."
      : `${titles[name]} is not set up here. Settings → Integrations says how.`,
    { provider: name },
  );
}

/** Those that are set up, in the order in which they are offered. */
export function openNames(): HostedName[] {
  return hostedNames.filter(isOpen);
}

/** Whether a provider is set up, and charges a way to pay that it keeps, with nobody there. */
export function chargesSaved(name: HostedName): boolean {
  return isOpen(name) && keeps[name];
}

/** The first that is set up. Throws CONFLICT when none is. */
export async function firstProvider(): Promise<HostedProvider> {
  const [first] = openNames();
  if (first) return getProvider(first);
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
