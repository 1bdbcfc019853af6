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

/** Count what came of somebody's signing in. */
export function countSignIn(event: (typeof events)[number]): void {
  count({ event });
}
