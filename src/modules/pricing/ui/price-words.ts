import { countText } from "@/ui/format/number";
import type { Price } from "../contract";

/** "gpt-4o"; "Any model" for the row of those without one of their own. */
export function modelText({ model }: Pick<Price, "model">): string {
  return model === "*" ? "Any model" : model;
}

/** `openai gpt-4o`, with the context where there are several. */
export function priceName(price: Price): string {
  return [
    price.provider,
    price.model === "*" ? "(any model)" : price.model,
    contextText(price),
  ]
    .filter(Boolean)
    .join(" ");
}

/** "over 200,000 tokens"; empty for calls of any size. */
export function contextText(price: Pick<Price, "context_above">): string {
  return price.context_above > 0
    ? `over ${countText(price.context_above)} tokens`
    : "";
}

/** `$0.075`, `$10.00`, `$1,250.00`: every digit there is, and cents at least. */
export function rateText(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `$${grouped}.${fraction.padEnd(2, "0")}`;
}

/** Each price of a row in a few words: "Input $0.15 per 1M tokens". */
export function rateLines(price: Price): string[] {
  const tokens = [
    ["Input", price.input_per_million],
    ["Output", price.output_per_million],
    ["Cached", price.cached_per_million],
    ["Reasoning", price.reasoning_per_million],
  ] as const;
  return [
    ...tokens.flatMap(([name, rate]) =>
      rate === null ? [] : [`${name} ${rateText(rate)} per 1M tokens`],
    ),
    ...otherRates(price),
  ];
}

/** What is not for tokens: "$0.001 per search". */
export function otherRates({ per_call, per_unit, unit }: Price): string[] {
  return [
    ...(per_call === null ? [] : [`${rateText(per_call)} per call`]),
    ...(per_unit === null ? [] : [`${rateText(per_unit)} per ${unit}`]),
  ];
}
