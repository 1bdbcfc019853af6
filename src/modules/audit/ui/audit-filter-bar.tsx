"use client";

import { CalendarDays } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { FilterChips, type Filter } from "@/ui/display/filter-chips";
import { Skeleton } from "@/ui/display/skeletons";
import { timeText } from "@/ui/format/time";
import { Popover } from "@/ui/overlays/popover";
import type { AuditEntry } from "../contract";
import { actionAreas } from "./activity-words";

const PeriodForm = dynamic(() => import("./period-form"), {
  ssr: false,
  loading: () => <Skeleton className="h-48 w-64" />,
});

export type FilterValues = Record<string, string | null>;

export type AuditFilterBarProps = {
  values: FilterValues;
  /** Entries in sight, which name whom and what the filters are about. */
  entries: readonly AuditEntry[];
  onChange: (values: FilterValues) => void;
  onClear: () => void;
};

/** What the log is narrowed to, and the ways to narrow it. */
export function AuditFilterBar({
  values,
  entries,
  onChange,
  onClear,
}: AuditFilterBarProps) {
  const [isOpen, setOpen] = useState(false);
  const none = { "created[gte]": null, "created[lte]": null };
  return (
    <>
      <FilterChips
        filters={toChips(values, entries)}
        onChange={(id, value) =>
          onChange(id === "created" ? none : { [id]: value })
        }
        onClear={onClear}
      />
      <Popover
        label="Filter by date"
        placement="bottom start"
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <Button size="sm" variant="ghost" icon={<CalendarDays />}>
            Date
          </Button>
        }
      >
        <PeriodForm
          values={values}
          onChange={(period) => {
            setOpen(false);
            onChange(period);
          }}
        />
      </Popover>
    </>
  );
}

function toChips(
  values: FilterValues,
  entries: readonly AuditEntry[],
): Filter[] {
  const { actor_id, action, target_id, customer_id } = values;
  const about = (find: (entry: AuditEntry) => string | null | undefined) =>
    entries.map(find).find(Boolean);
  const actor = about(({ actor: { id, name } }) =>
    id === actor_id && name ? name : null,
  );
  const period = periodText(values["created[gte]"], values["created[lte]"]);
  return [
    {
      id: "action",
      label: "What",
      options: actionAreas,
      value: action ?? null,
    },
    {
      id: "actor_id",
      label: "Who",
      value: actor_id ?? null,
      valueLabel: actor ?? actor_id ?? "",
    },
    {
      id: "target_id",
      label: "Target",
      value: target_id ?? null,
      valueLabel: target_id ?? "",
    },
    {
      id: "customer_id",
      label: "Customer",
      value: customer_id ?? null,
      valueLabel: customer_id ?? "",
    },
    {
      id: "created",
      label: "When",
      value: period,
      valueLabel: period ?? "",
    },
  ];
}

function periodText(from?: string | null, to?: string | null): string | null {
  const day = (value?: string | null) => {
    const at = new Date(value ?? "");
    return Number.isNaN(at.getTime()) ? null : timeText(at, "date", "UTC");
  };
  const [first, last] = [day(from), day(to)];
  if (first && last) return first === last ? first : `${first} – ${last}`;
  if (first) return `from ${first}`;
  return last ? `to ${last}` : null;
}
