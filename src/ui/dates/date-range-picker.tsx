"use client";

import { CalendarDays, ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../controls/button";
import { Skeleton } from "../display/skeletons";
import { Popover } from "../overlays/popover";
import {
  presetLabels,
  rangeText,
  type RangePreset,
  type RangeValue,
} from "./range";

const RangeEditor = dynamic(() => import("./range-editor"), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-64" />,
});

const allPresets = Object.keys(presetLabels).filter(
  (id): id is RangePreset => id in presetLabels,
);

export type DateRangePickerProps = {
  value: RangeValue;
  onChange: (value: RangeValue) => void;
  /** "Period". */
  label?: string;
  presets?: readonly RangePreset[];
  /** The last day that may be chosen, `2026-01-31`; the default is none. */
  maxDay?: string;
  /** Comparison with the period before; leave onCompareChange out to hide the choice. */
  isComparing?: boolean;
  onCompareChange?: (isComparing: boolean) => void;
};

/** A period: by preset, by calendar or typed. */
export function DateRangePicker({
  value,
  onChange,
  label = "Period",
  presets = allPresets,
  ...rest
}: DateRangePickerProps) {
  const [isOpen, setOpen] = useState(false);
  function choose(next: RangeValue) {
    setOpen(false);
    onChange(next);
  }
  return (
    <Popover
      {...{ label, isOpen }}
      onOpenChange={setOpen}
      placement="bottom end"
      className="max-h-[80dvh] overflow-auto"
      trigger={
        <Button
          icon={<CalendarDays />}
          aria-label={`${label}: ${rangeText(value)}`}
        >
          {rangeText(value)}
          <ChevronDown aria-hidden className="icon text-ink-faint" />
        </Button>
      }
    >
      <RangeEditor {...{ value, presets }} {...rest} onChoose={choose} />
    </Popover>
  );
}
