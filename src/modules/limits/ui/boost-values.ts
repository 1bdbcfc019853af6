import { windowNames } from "@/ui/format/window-names";
import { spendMeter } from "@/shared/windows";

/** What is typed of a boost; `what` is a window, `spend`, or `meter:` and a name. */
export type BoostValues = {
  what: string;
  more: number;
  spend: string;
  /** a key's id, or `all` */
  whose: string;
  starts: "now" | "later";
  starts_at: string | null;
  lasts: string;
  reason: string;
};

export const boostLabels: Readonly<Record<string, string>> = {
  what: "Raise",
  more: "The amount",
  spend: "The amount",
  whose: "For",
  starts: "Begins",
  starts_at: "Begins at",
  lasts: "Lasts",
  reason: "Reason",
};

export const ofWindow = windowNames.map(({ field, label }) => ({
  id: field,
  label: `Calls ${label.toLowerCase()}`,
}));

/** What stands for the customer's own limits, beside those of each key. */
export const wholeCustomer = "all";

/** Hours from its begin. */
export const lengths = [
  { id: "1", label: "An hour" },
  { id: "24", label: "A day" },
  { id: "168", label: "A week" },
  { id: "720", label: "30 days" },
];

const hourMs = 3_600_000;

/** The API's boost for what was typed. */
export function toBoostBody(values: BoostValues): Record<string, unknown> {
  const { what, more, spend, whose, starts, lasts, reason } = values;
  const startsAt = starts === "later" ? values.starts_at : null;
  const begin = startsAt ? Date.parse(startsAt) : Date.now();
  const ends_at = new Date(begin + Number(lasts) * hourMs).toISOString();
  const raised =
    what === spendMeter
      ? { spend: spend.trim() }
      : what.startsWith("meter:")
        ? { meter: what.slice("meter:".length), amount: more }
        : { limits: { [what]: more } };
  return {
    ...raised,
    ...(startsAt && { starts_at: startsAt }),
    ...(whose !== wholeCustomer && { key_id: whose }),
    ends_at,
    reason,
  };
}

/** The field in which a path of the API was typed. */
export function toBoostField(path: string): string {
  if (path === "amount" || path.startsWith("limits")) return "more";
  if (path === "ends_at") return "lasts";
  if (path === "key_id") return "whose";
  return path === "meter" ? "what" : path;
}

/** What the contract cannot see: a begin that is to be chosen, and was not. */
export function checkBoost(values: BoostValues): Record<string, string> {
  const { starts, starts_at } = values;
  return starts === "later" && starts_at === null
    ? { starts_at: "is required" }
    : {};
}
