// Without the schemas of limits.ts, so that screens which only name these do not load them.

/** The windows of rate limits. */
export const windows = ["second", "minute", "hour", "day", "month"] as const;

/** The meter of spend: its quota is the spend cap, and is set as that. */
export const spendMeter = "spend";
