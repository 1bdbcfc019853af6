import { countText } from "@/ui/format/number";
import type { License } from "../contract";

/** `0G7KD…7KD0G`: enough to tell one key from another. */
export function shortKey(key: string): string {
  const groups = key.split("-");
  return groups.length > 2
    ? `${groups[0] ?? ""}-…-${groups.at(-1) ?? ""}`
    : key;
}

type Slots = Pick<
  License,
  "machines" | "max_machines" | "domains" | "max_domains"
>;

/** `2 of 3 machines · 1 domain`: where a license is used, of where it may be. */
export function placesText(license: Slots): string {
  const { machines, max_machines, domains, max_domains } = license;
  const parts = [
    partOf(machines, max_machines, "machine"),
    partOf(domains, max_domains, "domain"),
  ].filter((part) => part !== null);
  return parts.join(" · ") || "Anywhere";
}

function partOf(used: number, limit: number | null, thing: string) {
  if (limit !== null)
    return `${countText(used)} of ${countText(limit)} ${thing}${limit === 1 ? "" : "s"}`;
  if (used === 0) return null;
  return `${countText(used)} ${thing}${used === 1 ? "" : "s"}`;
}

/** How the end of a license is found. */
export function termText(
  license: Pick<License, "interval" | "valid_days">,
): string {
  const { interval, valid_days: days } = license;
  if (days !== null) return days === 1 ? "1 day" : `${countText(days)} days`;
  return { month: "Monthly", year: "Yearly", once: "No cycle" }[interval];
}
