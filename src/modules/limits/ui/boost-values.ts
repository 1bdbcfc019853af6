import { spendMeter } from "../contract/quotas";
import { windowNames } from "./window-names";

/** What is typed of a boost; `what` is a window, `spend`, or `meter:` and a name. */
export type BoostValues = {
  what: string;
  more: number;
  spend: string;
  lasts: string;
  reason: string;
};

export const boostLabels: Readonly<Record<string, string>> = {
  what: "Raise",
  more: "The amount",
  spend: "The amount",
  lasts: "For",
  reason: "Reason",
};

export const ofWindow = windowNames.map(({ field, label }) => ({
  id: field,
  label: `Calls ${label.toLowerCase()}`,
}));

/** Hours from now. */
export const lengths = [
  { id: "1", label: "An hour" },
  { id: "24", label: "A day" },
  { id: "168", label: "A week" },
  { id: "720", label: "30 days" },
];

const hourMs = 3_600_000;

/** The API's boost for what was typed. */
export function toBoostBody(values: BoostValues): Record<string, unknown> {
  const { what, more, spend, lasts, reason } = values;
  const ends_at = new Date(Date.now() + Number(lasts) * hourMs).toISOString();
  const raised =
    what === spendMeter
      ? { spend: spend.trim() }
      : what.startsWith("meter:")
        ? { meter: what.slice("meter:".length), amount: more }
        : { limits: { [what]: more } };
  return { ...raised, ends_at, reason };
}

/** The field in which a path of the API was typed. */
export function toBoostField(path: string): string {
  if (path === "amount" || path.startsWith("limits")) return "more";
  if (path === "ends_at") return "lasts";
  return path === "meter" ? "what" : path;
}
