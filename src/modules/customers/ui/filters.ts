import { formatMoney } from "@/shared/money";
import { timeText } from "@/ui/format/time";
import type { Filter, FilterOption } from "@/ui/display/filter-chips";
import { statusOptions } from "./choices";

/** The list's filters under the API's own names. */
export const filterNames = [
  "status",
  "plan",
  "has_licenses",
  "expires",
  "tag",
  "segment",
  "created[gte]",
  "created[lte]",
  "revenue[gte]",
  "revenue[lte]",
  "balance[gte]",
  "balance[lte]",
] as const;
export type FilterName = (typeof filterNames)[number];
export type FilterValues = Partial<Record<FilterName, string | null>>;

/** Filters that have a lower and an upper end. */
export const ranges = ["created", "revenue", "balance"] as const;
export type RangeName = (typeof ranges)[number];

/** What is narrowed by now, but for a segment: as a segment keeps it. */
export function presentFilters(
  values: FilterValues,
  search: string,
): Record<string, string> {
  const all = { ...values, search };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value && name !== "segment" ? [[name, value] as const] : [],
    ),
  );
}

/** The names in the URL of both ends of a range. */
export function endsOf(range: RangeName): [FilterName, FilterName] {
  return [`${range}[gte]`, `${range}[lte]`];
}

const labels: Record<RangeName, string> = {
  created: "Joined",
  revenue: "Revenue",
  balance: "Balance",
};

const licenseOptions = [
  { id: "true", label: "With licenses" },
  { id: "false", label: "Without licenses" },
];

const expiryOptions = [
  { id: "expired", label: "Access has ended" },
  { id: "soon", label: "Access ends within 7 days" },
];

/** What there is to choose from, as it stands. */
export type FilterChoices = {
  tags: readonly string[];
  /** Empty for those who may not see plans. */
  plans: readonly FilterOption[];
  segments: readonly { id: string; name: string }[];
};

/** The chips of the filters that are on, and the choices of those that are off. */
export function toChips(
  values: FilterValues,
  currency: string,
  { tags, plans, segments }: FilterChoices,
): Filter[] {
  const known = (name: FilterName, options: readonly { id: string }[]) =>
    options.some(({ id }) => id === values[name])
      ? (values[name] ?? null)
      : null;
  const segmentOptions = segments.map(({ id, name }) => ({ id, label: name }));
  return [
    {
      id: "segment",
      label: "Segment",
      options: segmentOptions,
      value: known("segment", segmentOptions),
    },
    {
      id: "status",
      label: "Status",
      options: statusOptions,
      value: known("status", statusOptions),
    },
    ...(plans.length > 0
      ? [
          {
            id: "plan",
            label: "Plan",
            options: plans,
            value: known("plan", plans),
          },
        ]
      : []),
    {
      id: "has_licenses",
      label: "Licenses",
      options: licenseOptions,
      value: known("has_licenses", licenseOptions),
    },
    {
      id: "expires",
      label: "Access",
      options: expiryOptions,
      value: known("expires", expiryOptions),
    },
    {
      id: "tag",
      label: "Tag",
      options: tags.map((tag) => ({ id: tag, label: tag })),
      value: values.tag ?? null,
    },
    ...ranges.map((range) => {
      const [from, to] = endsOf(range).map((name) =>
        endText(range, values[name] ?? null, currency),
      );
      const text = rangeText(from ?? null, to ?? null);
      return {
        id: range,
        label: labels[range],
        value: text,
        valueLabel: text ?? "",
      };
    }),
  ];
}

function rangeText(from: string | null, to: string | null): string | null {
  if (from && to) return from === to ? from : `${from} – ${to}`;
  if (from) return `from ${from}`;
  return to ? `to ${to}` : null;
}

// What the server would ignore has no text, and so no chip.
function endText(range: RangeName, value: string | null, currency: string) {
  if (!value) return null;
  if (range === "created") {
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? null : timeText(at, "date", "UTC");
  }
  const amount = Number(value);
  return Number.isSafeInteger(amount)
    ? formatMoney({ amount, currency })
    : null;
}
