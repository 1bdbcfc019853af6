import { counter } from "@/platform/metrics";
import { hostedNames, type HostedName } from "../contract/parts";

const results = [
  ...["received", "ignored", "repeated", "refused"],
  ...["processed", "failed", "dead"],
] as const;

const count = counter(
  "webhooks_in_total",
  "Events of payment providers: received, ignored, repeated or refused for their signature when they came; then processed or ignored, failed with another try to come, or dead.",
  { provider: hostedNames, result: results },
);

/** Count what became of an event of a provider. */
export function countWebhook(
  provider: HostedName,
  result: (typeof results)[number],
): void {
  count({ provider, result });
}
