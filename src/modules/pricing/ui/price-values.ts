import type { Price } from "../contract";

/** What the form holds: all as typed, so that a price keeps its digits. */
export type PriceValues = {
  provider: string;
  model: string;
  context_above: string;
  input_per_million: string;
  output_per_million: string;
  cached_per_million: string;
  reasoning_per_million: string;
  per_call: string;
  per_unit: string;
  unit: string;
  cached_in_input: boolean;
  reasoning_in_output: boolean;
  effective_from: string | null;
  effective_to: string | null;
  source: string;
};

export const labels: Record<keyof PriceValues, string> = {
  provider: "Provider",
  model: "Model",
  context_above: "Prompts over",
  input_per_million: "Input",
  output_per_million: "Output",
  cached_per_million: "Cached input",
  reasoning_per_million: "Reasoning",
  per_call: "Per call",
  per_unit: "Per unit",
  unit: "Unit",
  cached_in_input: "The input count includes cached tokens",
  reasoning_in_output: "The output count includes reasoning tokens",
  effective_from: "From",
  effective_to: "Until",
  source: "Source",
};

export const blank: PriceValues = {
  provider: "",
  model: "",
  context_above: "",
  input_per_million: "",
  output_per_million: "",
  cached_per_million: "",
  reasoning_per_million: "",
  per_call: "",
  per_unit: "",
  unit: "",
  cached_in_input: true,
  reasoning_in_output: true,
  effective_from: null,
  effective_to: null,
  source: "",
};

/** The form for another price in a price's stead, from now on. */
export function valuesOf(price: Price): PriceValues {
  return {
    ...blank,
    provider: price.provider,
    model: price.model,
    context_above: price.context_above > 0 ? String(price.context_above) : "",
    input_per_million: price.input_per_million ?? "",
    output_per_million: price.output_per_million ?? "",
    cached_per_million: price.cached_per_million ?? "",
    reasoning_per_million: price.reasoning_per_million ?? "",
    per_call: price.per_call ?? "",
    per_unit: price.per_unit ?? "",
    unit: price.unit ?? "",
    cached_in_input: price.cached_in_input,
    reasoning_in_output: price.reasoning_in_output,
    source: price.source,
  };
}

/** The body that the endpoint gets; what was left empty is left out. */
export function toPriceBody(values: PriceValues): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const given = typeof value === "string" ? value.trim() : value;
    if (given !== "" && given !== null) body[name] = given;
  }
  const context = values.context_above.trim();
  // What is no number stays as it was typed, and is refused.
  if (/^\d+$/.test(context)) body["context_above"] = Number(context);
  return body;
}
