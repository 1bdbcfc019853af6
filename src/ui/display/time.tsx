"use client";

import { useSyncExternalStore } from "react";
import {
  relativeText,
  timeText,
  utcText,
  type TimeFormat,
} from "../format/time";
import { useTimeZone } from "./time-zone";

export type TimeProps = {
  /** ISO 8601 instant; null or undefined shows `empty`. */
  value: string | null | undefined;
  format?: TimeFormat;
  /** What to show for no time: "Never". */
  empty?: string;
  locale?: string;
  className?: string;
};

/** An instant in the viewer's zone, with UTC on hover. "relative" keeps itself up to date. */
export function Time({
  value,
  format = "datetime",
  empty = "–",
  locale,
  className = "",
}: TimeProps) {
  const timeZone = useTimeZone();
  const minute = useMinute(format === "relative");
  if (!value) return <span className="text-ink-faint">{empty}</span>;
  const at = new Date(value);
  const isRelative = format === "relative" && minute !== null;
  const absolute = format === "relative" ? "date" : format;
  const text = isRelative
    ? relativeText(at, new Date(), locale)
    : timeText(at, absolute, timeZone, locale);
  const title = isRelative
    ? `${timeText(at, "datetime", timeZone, locale)} · ${utcText(at)}`
    : utcText(at);
  return (
    <time
      dateTime={value}
      title={title}
      className={`whitespace-nowrap ${className}`}
    >
      {text}
    </time>
  );
}

/** The current minute, null while hydrating (the server cannot know it). */
function useMinute(isOn: boolean) {
  return useSyncExternalStore(
    isOn ? everyMinute : never,
    () => Math.floor(Date.now() / 60_000),
    () => null,
  );
}

const never = () => () => {};

function everyMinute(onChange: () => void) {
  const timer = setInterval(onChange, 30_000);
  return () => clearInterval(timer);
}
