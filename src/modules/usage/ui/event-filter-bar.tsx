"use client";

import dynamic from "next/dynamic";
import { FilterChips, type Filter } from "@/ui/display/filter-chips";
import { resolveRange, type RangeValue } from "@/ui/dates/range";
import { LinkButton } from "@/ui/controls/link-button";
import { Skeleton } from "@/ui/display/skeletons";
import { timeText } from "@/ui/format/time";
import type { LoggedEvent } from "../contract/log";
import { eventFilterNames, type EventFilterValues } from "./event-filters";

// What the page can be read without.
const DateRangePicker = dynamic(
  () =>
    import("@/ui/dates/date-range-picker").then((part) => part.DateRangePicker),
  { ssr: false, loading: () => <Skeleton className="h-9 w-36" /> },
);

export type EventFilterBarProps = {
  values: EventFilterValues;
  /** Events in sight, which name what the filters are about. */
  events: readonly LoggedEvent[];
  onChange: (values: EventFilterValues) => void;
  onClear: () => void;
};

const yes = [
  { id: "true", label: "Yes" },
  { id: "false", label: "No" },
];
const codes = [
  "RATE_LIMITED",
  "QUOTA_EXCEEDED",
  "SPEND_CAP_REACHED",
  "FEATURE_NOT_GRANTED",
  "CUSTOMER_SUSPENDED",
  "EXPIRED",
  "DISABLED",
];

/** What the log is narrowed to, the ways to narrow it, and the same as a file. */
export function EventFilterBar(props: EventFilterBarProps) {
  const { values, events, onChange, onClear } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterChips
        filters={chipsOf(values, events)}
        onChange={(id, value) =>
          onChange(id === "period" ? { from: null, to: null } : { [id]: value })
        }
        onClear={onClear}
      />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <DateRangePicker
          label="Events of"
          value={rangeOf(values)}
          maxDay={today()}
          onChange={(range) => onChange(instantsOf(range))}
        />
        {(["csv", "xlsx"] as const).map((format) => (
          <LinkButton
            key={format}
            href={exportHref(values, format)}
            prefetch={false}
            download
          >
            {format.toUpperCase()}
          </LinkButton>
        ))}
      </div>
    </div>
  );
}

function chipsOf(
  values: EventFilterValues,
  events: readonly LoggedEvent[],
): Filter[] {
  const { customer_id, key_id, from, to } = values;
  const customer = events.find((one) => one.customer.id === customer_id);
  const key = events.find((one) => one.key?.id === key_id)?.key;
  const plain = (
    id: "meter" | "provider" | "model" | "endpoint",
    label: string,
  ) => ({
    id,
    label,
    value: values[id] ?? null,
    valueLabel: values[id] ?? "",
  });
  return [
    {
      id: "status",
      label: "Status",
      options: ["2xx", "3xx", "4xx", "5xx"].map((id) => ({ id, label: id })),
      value: values.status ?? null,
    },
    {
      id: "refused",
      label: "Refused",
      options: yes,
      value: values.refused ?? null,
    },
    {
      id: "code",
      label: "Refused for",
      options: codes.map((id) => ({ id, label: codeWords(id) })),
      value: values.code ?? null,
    },
    {
      id: "unpriced",
      label: "Without a price",
      options: yes,
      value: values.unpriced ?? null,
    },
    {
      id: "customer_id",
      label: "Customer",
      value: customer_id ?? null,
      valueLabel: customer?.customer.name ?? customer_id ?? "",
    },
    {
      id: "key_id",
      label: "Key",
      value: key_id ?? null,
      valueLabel: key?.name ?? key_id ?? "",
    },
    plain("provider", "Provider"),
    plain("model", "Model"),
    plain("endpoint", "Endpoint"),
    plain("meter", "Meter"),
    {
      id: "period",
      label: "When",
      value: from ?? to ?? null,
      valueLabel: periodText(from, to),
    },
  ];
}

/** `Rate limited` of RATE_LIMITED. */
export function codeWords(code: string): string {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const dayMs = 86_400_000;
const today = () => new Date().toISOString().slice(0, 10);
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

// The end of the address is not included, that of the picker is.
function rangeOf({ from, to }: EventFilterValues): RangeValue {
  const [first, end] = [Date.parse(from ?? ""), Date.parse(to ?? "")];
  if (Number.isNaN(first)) return { preset: "30d" };
  const last = Number.isNaN(end) ? Date.now() : end - 1;
  return { from: dayOf(first), to: dayOf(Math.max(first, last)) };
}

function instantsOf(range: RangeValue): EventFilterValues {
  const { from, to } = resolveRange(range, today());
  return {
    from: `${from}T00:00:00Z`,
    to: `${dayOf(Date.parse(to) + dayMs)}T00:00:00Z`,
  };
}

function periodText(from?: string | null, to?: string | null): string {
  const day = (text: string | null | undefined, back = 0) => {
    const at = Date.parse(text ?? "");
    return Number.isNaN(at)
      ? "…"
      : timeText(new Date(at - back), "date", "UTC");
  };
  const [first, last] = [day(from), day(to, 1)];
  return first === last ? first : `${first} – ${last}`;
}

function exportHref(values: EventFilterValues, format: "csv" | "xlsx"): string {
  const query = new URLSearchParams({ format });
  for (const name of eventFilterNames) {
    const value = values[name];
    if (value) query.set(name, value);
  }
  return `/api/v1/usage/export?${query}`;
}
