import type { Aggregation, Meter, MeterField } from "../contract";

type Rule = Pick<
  Meter,
  | "aggregation"
  | "field"
  | "property"
  | "event_meter"
  | "provider"
  | "model"
  | "unit"
>;

export const aggregationNames: Record<Aggregation, string> = {
  count: "How many events",
  sum: "The sum of a field",
  max: "The greatest of a field",
  unique: "How many different ones",
  latest: "The latest of a field",
};

export const fieldNames: Record<MeterField, string> = {
  quantity: "quantity",
  tokens: "tokens in and out",
  tokens_input: "input tokens",
  tokens_output: "output tokens",
  tokens_cached: "cached tokens",
  tokens_reasoning: "reasoning tokens",
  cost: "cost in USD",
  duration_ms: "duration in ms",
  endpoint: "endpoint",
  model: "model",
  key: "API key",
  property: "a property of your own",
};

const verbs: Record<Exclude<Aggregation, "count">, string> = {
  sum: "Adds up",
  max: "Takes the greatest",
  unique: "Counts every different",
  latest: "Takes the latest",
};

/** What a meter counts, in a sentence. */
export function meterWords(rule: Rule): string {
  const { aggregation, field, property } = rule;
  const events = eventsOf(rule);
  if (aggregation === "count") return `Counts ${events}, one each.`;
  const named =
    field === "property"
      ? `property “${property?.trim() || "…"}”`
      : field
        ? fieldNames[field]
        : "…";
  return `${verbs[aggregation]} ${named} of ${events}.`;
}

function eventsOf({ event_meter, provider, model }: Rule): string {
  const parts = [
    event_meter?.trim() && `reported for the meter ${event_meter.trim()}`,
    provider?.trim() && `of the provider ${provider.trim().toLowerCase()}`,
    model?.trim() && `of the model ${model.trim().toLowerCase()}`,
  ].filter(Boolean);
  return parts.length === 0 ? "all usage events" : `events ${parts.join(", ")}`;
}
