import * as z from "zod";
import { count } from "./fields";
import { windows } from "./windows";

export const Window = z.enum(windows);
export type Window = z.output<typeof Window>;

const most = 2_000_000_000;
const limit = count(0, most).nullable();
const described = {
  description:
    "Calls per window: a count, null for unlimited, 0 for none. Second, minute, hour and day slide; the month is the calendar month in UTC.",
};

/** Five rate windows. */
export const Limits = z
  .strictObject({
    per_second: limit,
    per_minute: limit,
    per_hour: limit,
    per_day: limit,
    per_month: count(0, Number.MAX_SAFE_INTEGER).nullable(),
  })
  .meta({ id: "Limits", ...described });
export type Limits = z.output<typeof Limits>;

/** The same on input: windows that are left out are unlimited. */
export const LimitsInput = Limits.partial().meta({
  id: "LimitsInput",
  ...described,
});
export type LimitsInput = z.output<typeof LimitsInput>;
