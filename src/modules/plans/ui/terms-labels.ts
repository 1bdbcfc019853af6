import { windowLabels } from "@/ui/format/window-names";

/** The editor's fields as people read them, by their paths. */
export const termsLabels: Readonly<Record<string, string>> = {
  prices: "The prices",
  trial_days: "The trial",
  features: "The features",
  charges: "The charges",
  spend_cap: "The spend cap",
  "prices.*.currency": "The currency",
  "prices.*.interval": "The interval",
  "prices.*.amount": "The price",
  "features.*.feature": "The name",
  "features.*.title": "The title",
  "features.*.text": "The value",
  "features.*.meter": "The meter",
  "features.*.quota": "The quota",
  "features.*.overage": "Going over",
  "charges.*.meter": "The meter",
  "charges.*.currency": "The currency",
  "charges.*.model": "The model",
  "charges.*.amount": "The price",
  "charges.*.size": "The package’s size",
  "charges.*.tiers": "The tiers",
  ...windowLabels((field) => `limits.${field}`),
};
