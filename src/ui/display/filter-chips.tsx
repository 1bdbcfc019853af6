"use client";

import { ListFilter, X } from "lucide-react";
import { Button } from "../controls/button";
import { Press } from "../controls/press";
import { Menu } from "../overlays/menu";

export type FilterOption = { id: string; label: string };

export type Filter = {
  /** The name of the parameter in the URL: "status". */
  id: string;
  /** "Status". */
  label: string;
  /** The choices; a filter without them is set elsewhere and only shown and cleared here. */
  options?: readonly FilterOption[];
  /** The chosen option's id; null when the filter is off. */
  value: string | null;
  /** How a value without an option is written: "≥ $1,000". */
  valueLabel?: string;
};

export type FilterChipsProps = {
  filters: readonly Filter[];
  onChange: (id: string, value: string | null) => void;
  onClear: () => void;
};

/** The filters that are on, each as a chip that changes or removes it, and a menu of the rest. */
export function FilterChips({ filters, onChange, onClear }: FilterChipsProps) {
  const on = filters.filter((filter) => filter.value !== null);
  const off = filters.filter(
    (filter) => filter.value === null && filter.options?.length,
  );
  return (
    <div
      role="group"
      aria-label="Filters"
      className="flex flex-wrap items-center gap-2"
    >
      {on.map((filter) => (
        <Chip
          key={filter.id}
          filter={filter}
          onChange={(value) => onChange(filter.id, value)}
        />
      ))}
      {off.length > 0 ? (
        <Menu
          label="Add a filter"
          placement="bottom start"
          trigger={
            <Button size="sm" variant="ghost" icon={<ListFilter />}>
              Filter
            </Button>
          }
          items={off.map((filter) => ({
            id: filter.id,
            label: filter.label,
            items: (filter.options ?? []).map((option) => ({
              id: `${filter.id}=${option.id}`,
              label: option.label,
              onAction: () => onChange(filter.id, option.id),
            })),
          }))}
        />
      ) : null}
      {on.length > 1 ? (
        <Button size="sm" variant="ghost" onPress={onClear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}

type ChipProps = { filter: Filter; onChange: (value: string | null) => void };

const part =
  "flex h-full cursor-pointer items-center px-2 text-xs hover:bg-muted -outline-offset-2";

function Chip({ filter, onChange }: ChipProps) {
  const chosen = filter.options?.find((option) => option.id === filter.value);
  const text = chosen?.label ?? filter.valueLabel ?? filter.value;
  const words = (
    <>
      <span className="text-ink-faint">{filter.label}</span>
      <span className="ml-1.5 max-w-48 truncate font-medium text-ink">
        {text}
      </span>
    </>
  );
  return (
    <span className="inline-flex h-7 items-center overflow-hidden rounded-md border border-line-strong pointer-coarse:h-11">
      {filter.options ? (
        <Menu
          label={filter.label}
          placement="bottom start"
          trigger={<Press className={part}>{words}</Press>}
          items={filter.options.map((option) => ({
            id: option.id,
            label: option.label,
            isCurrent: option.id === filter.value,
            onAction: () => onChange(option.id),
          }))}
        />
      ) : (
        <span className="flex items-center px-2 text-xs">{words}</span>
      )}
      <Press
        aria-label={`Remove filter ${filter.label}`}
        onPress={() => onChange(null)}
        className={`${part} border-l px-1.5 text-ink-faint hover:text-ink`}
      >
        <X aria-hidden className="h-3 w-3" />
      </Press>
    </span>
  );
}
