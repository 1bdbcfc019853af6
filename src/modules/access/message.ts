import type { Limits, Window } from "@/modules/limits/contract";
import type { AccessCode, Decision } from "./contract";

type Circumstances = {
  limits: Limits | null;
  window: Window | null;
  quota: Decision["quota"];
  /** decimal text, in USD */
  cap: string | null;
  feature: string | null;
  cost: number;
  /** null: no waiting helps */
  retryAfterMs: number | null;
};

const unknown: Circumstances = {
  limits: null,
  window: null,
  quota: null,
  cap: null,
  feature: null,
  cost: 1,
  retryAfterMs: null,
};

/** What a refusal means and what to do, for the people behind the refused program. */
export function refusalMessage(
  code: AccessCode,
  at: Circumstances = unknown,
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
      return "This key may not be used from here: it is another customer's, or not allowed from this address.";
    case "CUSTOMER_SUSPENDED":
      return "This customer's access is suspended. Contact the seller.";
    case "CUSTOMER_EXPIRED":
      return "This customer's access has ended. Renew it.";
    case "SUBSCRIPTION_INACTIVE":
      return "The subscription is not in force. Renew it, or pay what is due.";
    case "FEATURE_NOT_GRANTED":
      return `The plan does not include ${at.feature ?? "this feature"}. Change to one that does.`;
    case "RATE_LIMITED":
      return limitMessage(at);
    case "QUOTA_EXCEEDED":
      return quotaMessage(at);
    case "SPEND_CAP_REACHED":
      return `The spend cap of ${at.cap ?? "0"} USD is reached. ${whenToTry(at, "Raise the cap.")}`;
    default:
      return code satisfies never;
  }
}

function limitMessage(at: Circumstances): string {
  const { limits, window, cost, retryAfterMs } = at;
  const limit = (window && limits?.[`per_${window}`]) ?? 0;
  const said = `Rate limit exceeded: ${limit} call${limit === 1 ? "" : "s"} per ${window}`;
  if (retryAfterMs !== null) return `${said}. ${whenToTry(at, "")}`;
  if (limit === 0)
    return `${said}. No calls are allowed; ask the seller for a plan that has some.`;
  if (cost > limit)
    return `${said}. A cost of ${cost} can never fit; ask for less at once.`;
  return `${said}, and the quota does not allow it either. Ask for less at once.`;
}

function quotaMessage(at: Circumstances): string {
  const { quota } = at;
  const said = `The quota of ${quota?.limit ?? 0} ${quota?.meter ?? ""} is used up`;
  return `${said}. ${whenToTry(at, "Ask for less at once, or for a plan with more.")}`;
}

function whenToTry({ retryAfterMs }: Circumstances, otherwise: string): string {
  return retryAfterMs === null
    ? otherwise
    : `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
}
