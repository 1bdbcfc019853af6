"use client";

import {
  getLocalTimeZone,
  parseDate,
  today,
  type CalendarDate,
} from "@internationalized/date";
import { useState } from "react";
import {
  DateField,
  DateInput,
  DateSegment,
} from "react-aria-components/DateField";
import { Label } from "react-aria-components/Label";
import { Button } from "../controls/button";
import { Press } from "../controls/press";
import { fieldBox, fieldFocus } from "../forms/field";
import { Switch } from "../forms/switch";
import { DayGrid } from "./day-grid";
import { segmentLook } from "./parts-field";
import {
  presetLabels,
  resolveRange,
  type RangePreset,
  type RangeValue,
} from "./range";

export type RangeEditorProps = {
  value: RangeValue;
  presets: readonly RangePreset[];
  onChoose: (value: RangeValue) => void;
  maxDay?: string;
  isComparing?: boolean;
  onCompareChange?: (isComparing: boolean) => void;
};

/** Presets at the left; two typed dates and a calendar at the right. */
export default function RangeEditor(props: RangeEditorProps) {
  const now = today(getLocalTimeZone()).toString();
  const days = resolveRange(props.value, now);
  const [from, setFrom] = useState<CalendarDate | null>(parseDate(days.from));
  const [to, setTo] = useState<CalendarDate | null>(parseDate(days.to));
  const isValid = from !== null && to !== null && from.compare(to) <= 0;
  return (
    <div className="flex flex-col sm:flex-row">
      <Presets {...props} />
      <div className="flex flex-col gap-3 border-t p-3 sm:border-t-0 sm:border-l">
        <div className="flex gap-2">
          <DayField label="From" value={from} onChange={setFrom} />
          <DayField label="To" value={to} onChange={setTo} />
        </div>
        <p role="alert" className="text-xs text-danger empty:hidden">
          {from && to && !isValid
            ? "The first day must not be after the last."
            : ""}
        </p>
        <DayGrid
          range={isValid ? { start: from, end: to } : null}
          maxDay={props.maxDay}
          onChange={(range) => {
            setFrom(range.start);
            setTo(range.end);
          }}
        />
        {props.onCompareChange ? (
          <Switch
            label="Compare with the period before"
            isSelected={props.isComparing ?? false}
            onChange={props.onCompareChange}
          />
        ) : null}
        <Button
          variant="primary"
          isDisabled={!isValid}
          onPress={() =>
            isValid &&
            props.onChoose({ from: from.toString(), to: to.toString() })
          }
        >
          Apply
        </Button>
      </div>
    </div>
  );
}

function Presets({ value, presets, onChoose }: RangeEditorProps) {
  const current = "preset" in value ? value.preset : null;
  return (
    <div
      role="group"
      aria-label="Presets"
      className="grid w-full shrink-0 grid-cols-2 content-start gap-0.5 p-2 sm:w-40 sm:grid-cols-1"
    >
      {presets.map((preset) => (
        <Press
          key={preset}
          aria-pressed={preset === current}
          onPress={() => onChoose({ preset })}
          className="h-8 cursor-pointer rounded-md px-2 text-left text-sm text-ink-muted hover:bg-muted hover:text-ink aria-pressed:bg-muted aria-pressed:font-medium aria-pressed:text-ink"
        >
          {presetLabels[preset]}
        </Press>
      ))}
    </div>
  );
}

type DayFieldProps = {
  label: string;
  value: CalendarDate | null;
  onChange: (value: CalendarDate | null) => void;
};

function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <DateField
      value={value}
      onChange={onChange}
      className="flex min-w-0 flex-1 flex-col gap-1"
    >
      <Label className="text-xs text-ink-muted">{label}</Label>
      <DateInput className={`${fieldBox} ${fieldFocus} px-2`}>
        {(segment) => <DateSegment segment={segment} className={segmentLook} />}
      </DateInput>
    </DateField>
  );
}
