import { countText } from "@/ui/format/number";
import type { Boost } from "../contract/boosts";
import { dollars } from "./quota-values";

/** What a boost adds: "+200 per minute", "+1,000,000 gemini_tokens", "+$10.00 of spend". */
export function boostWords({ limits, meter, amount, spend }: Boost): string {
  if (spend !== null) return `+${dollars(Number(spend))} of spend`;
  if (meter !== null) return `+${countText(amount ?? 0)} ${meter}`;
  return Object.entries(limits ?? {})
    .map(([name, more]) => `+${countText(more)} ${name.replace("_", " ")}`)
    .join(", ");
}
