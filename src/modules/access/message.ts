import type { Limits, Window } from "@/modules/limits/contract";
import type { AccessCode } from "./contract";

/** What a refusal means and what to do, for the people behind the refused program. */
export function refusalMessage(
  code: AccessCode,
  limits: Limits | null,
  window: Window | null,
  cost = 1,
  retryAfterMs: number | null = null,
): string {
  switch (code) {
    case "VALID":
      return "The call may go ahead.";
    case "NOT_FOUND":
      return "This key is unknown or revoked. Check that it was copied whole.";
    case "DISABLED":
      return "This key is disabled. Enable it, or use another one.";
    case "EXPIRED":
      return "This key has expired. Issue a new one.";
    case "FORBIDDEN":
      return "This key does not belong to that customer.";
    case "CUSTOMER_SUSPENDED":
      return "This customer's access is suspended. Contact the seller.";
    case "CUSTOMER_EXPIRED":
      return "This customer's access has ended. Renew it.";
    case "RATE_LIMITED":
      return limitMessage(limits, window, cost, retryAfterMs);
    default:
      return code satisfies never;
  }
}

function limitMessage(
  limits: Limits | null,
  window: Window | null,
  cost: number,
  retryAfterMs: number | null,
): string {
  const limit = (window && limits?.[`per_${window}`]) ?? 0;
  const said = `Rate limit exceeded: ${limit} call${limit === 1 ? "" : "s"} per ${window}`;
  if (retryAfterMs === null)
    return limit === 0
      ? `${said}. No calls are allowed; ask the seller for a plan that has some.`
      : `${said}. A cost of ${cost} can never fit; ask for less at once.`;
  return `${said}. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
}
