import type { ReactNode } from "react";
import { countText } from "../format/number";
import { timeText } from "../format/time";
import { Meter } from "./meter";

export type QuotaMeterProps = {
  title: string;
  /** One of what is counted: "token"; left out of the figures where the title says it. */
  unit?: string;
  /** All that counts against the limit, what is held included. */
  used: number;
  /** With boosts; null is unlimited, 0 is none. */
  limit: number | null;
  /** Of the used: by reservations that have not ended. */
  held?: number;
  /** ISO 8601 instant at which it starts again. */
  resetsAt: string;
  /** The zone of whom it is about. */
  timeZone: string;
  /** Where the use will be at the end of the period. */
  projected?: number;
  /** Writes the figures; the default is 1,204. */
  format?: (value: number) => string;
  /** Badges under the bar: whose quota it is. */
  children?: ReactNode;
};

/** What is used of a quota or a spend cap, with ticks at 80, 90 and 100%, and when it resets. */
export function QuotaMeter({
  title,
  unit = "",
  held = 0,
  resetsAt,
  timeZone,
  children,
  format = countText,
  ...meter
}: QuotaMeterProps) {
  const resets = `Resets ${timeText(new Date(resetsAt), "date", timeZone)}`;
  const note = held > 0 ? `${format(held)} held · ${resets}` : resets;
  // "Tokens: 5 of 10" needs no unit, "Data: 5 of 10 GB" does.
  const isSaid = title.toLowerCase().includes(unit.toLowerCase());
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Meter
        label={title}
        unit={isSaid ? "" : unit}
        note={note}
        format={format}
        {...meter}
      />
      {children ? (
        <div className="flex flex-wrap items-center gap-1.5">{children}</div>
      ) : null}
    </div>
  );
}
