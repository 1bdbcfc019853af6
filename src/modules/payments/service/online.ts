import type { HostedName } from "../contract/parts";
import { getProvider, openProviders } from "./providers";

/** The providers that charge online and are set up here, in the order in which they are offered. */
export function onlineProviders(): HostedName[] {
  return openProviders().map(({ name }) => name);
}

/** Throws CONFLICT unless this provider is set up here. */
export function assertOnline(name: HostedName): void {
  getProvider(name);
}

/** Whether some provider here keeps a way to pay, to charge it with nobody there. */
export function keepsMethods(): boolean {
  return openProviders().some(({ chargesSaved }) => chargesSaved);
}
