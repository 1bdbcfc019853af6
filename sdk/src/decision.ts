import type { components } from "./openapi";

type Answer = components["schemas"]["Decision"];

/**
 * The API's answer to a check, as it came. `UNAVAILABLE` is this package's own code: Tollkeeper
 * gave no decision, and `valid` is what `onUnavailable` makes of that.
 */
export type Decision = Omit<Answer, "code"> & {
  code: Answer["code"] | "UNAVAILABLE";
};

/** Quota and spend that a check holds until it is settled, released or expired. */
export type Reservation = NonNullable<Decision["reservation"]>;

/** Who is asking: by the API key that the caller sent, or by the customer's id. */
export type Subject =
  | { key: string; customer_id?: undefined }
  | { customer_id: string; key?: undefined };

/** What to hold of a meter's quota, in its unit, and of the spend cap. */
export type Hold = {
  /** how much of the meter's quota, such as tokens */
  amount: number;
  /** seconds until what is held is given back by itself, 1 to 86,400; 300 unless given */
  ttl?: number | undefined;
  /** money to hold of the spend cap, in USD, as decimal text such as "0.0125" */
  spend?: string | undefined;
};

/** What must hold beside who asks. */
export type Conditions = {
  /** a feature that the customer must have */
  feature?: string | undefined;
  /** the meter whose quota the call takes from: `cost`, or what is reserved */
  meter?: string | undefined;
  /** the caller's address; keys that are bound to addresses need it */
  ip?: string | undefined;
};

export type CheckFacts = Conditions & {
  /**
   * how many calls this one counts as, or how much it takes of a meter that counts something else
   * than calls; 1 to 1,000,000, and 1 unless given
   */
  cost?: number | undefined;
  /** what is asked for, such as a route's pattern; kept with refusals */
  resource?: string | undefined;
};

export type VerifyInput = Conditions & { key: string };
export type CheckInput = Subject & CheckFacts & { reserve?: Hold | undefined };
export type ReserveInput = Subject & CheckFacts & Hold;

/** A decision, and the rate headers that came with it. */
export type Ruling = { decision: Decision; headers: Record<string, string> };

/** Let through because customer management is switched off. */
export function switchedOff(): Decision {
  return plain("VALID", true, "Customer management is switched off.");
}

/** Refused without asking: nothing that could be a key. */
export function unknownKey(): Ruling {
  const message = "This API key does not exist. Check it for missing parts.";
  return { decision: plain("NOT_FOUND", false, message), headers: {} };
}

/** Whether a key is one that the API would call malformed. */
export function isNoKey(key: string | undefined): boolean {
  return key === "" || (key?.length ?? 0) > 200;
}

/** What `onUnavailable` says where no decision could be had. */
export function unavailable(isAllowed: boolean, wait: number | null): Ruling {
  const message =
    "Access cannot be checked at the moment. Try again in a few seconds.";
  const decision = plain("UNAVAILABLE", isAllowed, message);
  if (isAllowed) return { decision, headers: {} };
  const seconds = Math.ceil(wait ?? 2);
  return {
    decision: { ...decision, retry_after: seconds },
    headers: { "retry-after": String(seconds) },
  };
}

const rateHeaders = [
  "ratelimit-policy",
  "ratelimit",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "retry-after",
];

/** The headers of a check's answer that tell a caller where it stands. */
export function rateHeadersOf(headers: Headers): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of rateHeaders) {
    const value = headers.get(name);
    if (value !== null) found[name] = value;
  }
  return found;
}

/** Whether an answer is a decision: a proxy's page with status 200 is none. */
export function isDecision(answer: unknown): answer is Answer {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "valid" in answer &&
    typeof answer.valid === "boolean" &&
    "code" in answer &&
    typeof answer.code === "string"
  );
}

function plain(
  code: Decision["code"],
  valid: boolean,
  message: string,
): Decision {
  return {
    code,
    valid,
    message,
    customer: null,
    key_id: null,
    limits: null,
    usage: null,
    remaining: null,
    window: null,
    retry_after: null,
    quota: null,
    spend: null,
    feature: null,
    reservation: null,
  };
}
