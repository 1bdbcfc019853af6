import { fromUuid } from "@/shared/ids";

/** The name of the series of all that is not among the ten with most calls. */
export const restOfSeries = "(other)";

/** What usage without a key has in place of its id. */
export const noKey = "00000000-0000-0000-0000-000000000000";

/** A name of a dimension as it is told: keys and customers by their public ids. */
export function publicName(dimension: string, name: string): string {
  if (dimension === "customer" && name !== restOfSeries)
    return fromUuid("cus", name);
  if (dimension !== "key" || name === restOfSeries) return name;
  return name === noKey ? "" : fromUuid("key", name);
}
