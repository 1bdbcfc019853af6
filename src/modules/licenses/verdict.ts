import type { LicenseCode, LicenseStatus } from "./contract";

/** What decides whether a license is good at all. */
export type LicenseState = {
  status: LicenseStatus;
  expires_at: string | null;
  customer_status: string;
};

/** What is asked: on what the license is used, and what is known of that. */
export type Place = {
  kind: "machine" | "domain";
  /** whether it is activated there now */
  isActive: boolean;
};

export type Slots = {
  max_machines: number | null;
  max_domains: number | null;
  machines: number;
  domains: number;
};

/** A license's status now: one that is past its end has expired, whether a timer has run or not. */
export function statusNow(
  { status, expires_at }: Pick<LicenseState, "status" | "expires_at">,
  now: Date,
): LicenseStatus {
  const isPast = expires_at !== null && new Date(expires_at) <= now;
  return isPast && status === "active" ? "expired" : status;
}

/** Whether a license is good, wherever it is used. */
export function standing(state: LicenseState, now: Date): LicenseCode {
  const isShut =
    state.customer_status === "suspended" ||
    state.customer_status === "archived";
  switch (statusNow(state, now)) {
    case "revoked":
      return "REVOKED";
    case "suspended":
      return "SUSPENDED";
    case "expired":
      return "EXPIRED";
    case "pending":
      return isShut ? "CUSTOMER_SUSPENDED" : "PENDING";
    case "active":
      return isShut ? "CUSTOMER_SUSPENDED" : "VALID";
  }
}

/**
 * Whether a license that is good may be used in a place. A limit on machines or domains asks for
 * one that is activated; without a limit any will do.
 */
export function placement(slots: Slots, place: Place | null): LicenseCode {
  const { max_machines, max_domains, machines, domains } = slots;
  if (!place) {
    if (max_machines !== null) return "NO_MACHINE";
    return max_domains === null ? "VALID" : "NO_DOMAIN";
  }
  if (place.isActive) return "VALID";
  const isMachine = place.kind === "machine";
  const [limit, used] = isMachine
    ? [max_machines, machines]
    : [max_domains, domains];
  // A machine says nothing about a license of domains, nor the other way round.
  if (limit === null) {
    const other = isMachine ? max_domains : max_machines;
    if (other === null) return "VALID";
    return isMachine ? "NO_DOMAIN" : "NO_MACHINE";
  }
  if (used < limit) return "NOT_ACTIVATED";
  return isMachine ? "TOO_MANY_MACHINES" : "DOMAIN_MISMATCH";
}

/** What each code means to the program that asked, and what to do. */
export const details: Record<LicenseCode, string> = {
  VALID: "The license is valid here.",
  NOT_FOUND: "There is no license with this key. Check each character of it.",
  PENDING: "The license begins with its first activation. Activate it first.",
  SUSPENDED: "The license is suspended. Its seller can reinstate it.",
  EXPIRED: "The license has expired. Renew it to go on.",
  REVOKED: "The license was revoked for good.",
  CUSTOMER_SUSPENDED:
    "The customer of this license is suspended. Ask the seller to reinstate the account.",
  NO_MACHINE:
    "This license is used on machines. Say which: send the machine's fingerprint.",
  NO_DOMAIN: "This license is used on domains. Say which: send the domain.",
  NOT_ACTIVATED:
    "The license is not activated here, or its lease has ended. Activate it: a slot is free.",
  TOO_MANY_MACHINES:
    "The license is used on as many machines as it allows. Free one of them first.",
  TOO_MANY_DOMAINS:
    "The license is used on as many domains as it allows. Free one of them first.",
  DOMAIN_MISMATCH:
    "The license belongs to other domains, and all its slots are taken. Free one of them first.",
};
