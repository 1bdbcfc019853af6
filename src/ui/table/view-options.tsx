"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "../forms/checkbox";
import { RadioGroup } from "../forms/radio-group";
import { Select } from "../forms/select";
import { IconButton } from "../controls/icon-button";
import type { Sort } from "./data-table";
import type { Density } from "./preferences";

export type ViewColumn = {
  id: string;
  header: string;
  isVisible: boolean;
  canHide: boolean;
  canSort: boolean;
};

export type ViewOptionsProps = {
  columns: readonly ViewColumn[];
  onToggle: (id: string, isVisible: boolean) => void;
  density: Density;
  onDensityChange: (density: Density) => void;
  sort: Sort | null;
  onSortChange: ((sort: Sort | null) => void) | undefined;
};

/** The panel behind "View": order on phones, density, columns. */
export default function ViewOptions(props: ViewOptionsProps) {
  const hideable = props.columns.filter((column) => column.canHide);
  return (
    <div className="flex w-60 flex-col gap-4 p-3">
      <SortChoice {...props} />
      <RadioGroup
        label="Row height"
        className="max-sm:hidden"
        value={props.density}
        onChange={(id) =>
          props.onDensityChange(id === "compact" ? "compact" : "normal")
        }
        options={[
          { id: "normal", label: "Normal" },
          { id: "compact", label: "Compact" },
        ]}
      />
      {hideable.length > 0 ? (
        <fieldset className="flex max-h-64 flex-col gap-1 overflow-y-auto p-0.5">
          <legend className="mb-1 text-sm font-medium">Columns</legend>
          {hideable.map((column) => (
            <Checkbox
              key={column.id}
              label={column.header}
              isSelected={column.isVisible}
              onChange={(isVisible) => props.onToggle(column.id, isVisible)}
            />
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}

/** Cards on a phone have no header to press, so the order is chosen here. */
function SortChoice({ columns, sort, onSortChange }: ViewOptionsProps) {
  const sortable = columns.filter((column) => column.canSort);
  if (!onSortChange || sortable.length === 0) return null;
  const desc = sort?.desc ?? false;
  return (
    <div className="flex items-end gap-2 sm:hidden">
      <Select
        label="Sort by"
        className="flex-1"
        value={sort?.id ?? null}
        onChange={(id) => onSortChange({ id, desc })}
        options={sortable.map(({ id, header }) => ({ id, label: header }))}
      />
      <IconButton
        label={desc ? "Sorted downwards" : "Sorted upwards"}
        variant="secondary"
        icon={desc ? <ArrowDown /> : <ArrowUp />}
        isDisabled={!sort}
        onPress={() => sort && onSortChange({ id: sort.id, desc: !desc })}
      />
    </div>
  );
}
