import { databaseState } from "@/platform/db/state";
import { lifecycle } from "@/platform/lifecycle";
import { DomainError } from "@/shared/errors";
import type { Health } from "./system";

const version = "0.1.0";

/** The state of the process and of what it needs. Never throws. */
export async function health(): Promise<Health> {
  const checks = await databaseState();
  const ok = Object.values(checks).every((check) => check.ok);
  return {
    status: ok && !lifecycle().isDraining ? "ok" : "degraded",
    version,
    node: process.versions.node,
    uptime_seconds: Math.floor(process.uptime()),
    checks,
  };
}

/** The same, but UNAVAILABLE unless everything is there. */
export async function assertReady(): Promise<Health> {
  const state = await health();
  if (state.status === "ok") return state;
  const reasons = Object.values(state.checks).flatMap((check) =>
    check.ok || !check.message ? [] : [check.message],
  );
  throw new DomainError(
    "UNAVAILABLE",
    lifecycle().isDraining
      ? "The server is shutting down."
      : `Not ready: ${reasons.join(" ")}`,
    { checks: state.checks },
    { headers: { "retry-after": "2" } },
  );
}
