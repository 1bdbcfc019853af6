import type { Ctx } from "@/platform/context";
import { counter } from "@/platform/metrics";

const events = [
  ...["signed_in", "sign_in_failed", "second_factor_failed"],
  ...["locked_out", "refreshed", "refresh_reused"],
] as const;

const count = counter(
  "auth_events_total",
  "Signing in: sessions opened, tries that failed, tries refused after too many, refresh tokens changed, and used twice.",
  { event: events },
);

const failures: readonly string[] = [
  ...["sign_in_failed", "second_factor_failed"],
  ...["locked_out", "refresh_reused"],
];

/**
 * Count what came of somebody's signing in, and log it: a failure as a warning. What was typed
 * stands nowhere.
 */
export function tellOfSignIn(ctx: Ctx, event: (typeof events)[number]): void {
  count({ event });
  const level = failures.includes(event) ? "warn" : "info";
  ctx.log[level]({ auth_event: event, ip: ctx.ip }, "authentication");
}
