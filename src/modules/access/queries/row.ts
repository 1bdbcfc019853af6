import type { FiveWindows } from "@/modules/limits";
import type { Window } from "@/modules/limits/contract";
import { fromUuid } from "@/shared/ids";
import type { AccessCode } from "../contract";

export type AccessRow = {
  code: AccessCode | "METER_NOT_FOUND";
  customer: { id: string; name: string } | null;
  keyId: string | null;
  limits: FiveWindows | null;
  used: FiveWindows | null;
  tightest: Window | null;
  refusing: Window | null;
  source: "customer" | "key" | null;
  resetMs: number | null;
  retryAfterMs: number | null;
  /** when quotas and caps start again */
  periodEnd: string | null;
  meter: string | null;
  quota: { limit: number; used: number } | null;
  /** decimal text, in USD */
  spend: { cap: string; used: string; remaining: string } | null;
  feature: { kind: "boolean" | "static" | "metered"; value: unknown } | null;
  reservation: { id: string; expiresAt: string } | null;
  /** when nobody could ask the windows: gives back what else was taken */
  giveBack?: () => Promise<void>;
};

export type Row = {
  ordinal: number;
  code: AccessRow["code"];
  customer_id: string | null;
  customer_name: string | null;
  key_id: string | null;
  limits: (string | null)[] | null;
  used: (string | null)[] | null;
  tightest_window: Window | null;
  refusing_window: Window | null;
  limit_source: "customer" | "key" | null;
  reset_ms: string | null;
  retry_after_ms: string | null;
  period_end: Date | null;
  meter_name: string | null;
  quota_limit: string | null;
  quota_used: string | null;
  spend_cap: string | null;
  spend_used: string | null;
  spend_left: string | null;
  feature_kind: "boolean" | "static" | "metered" | null;
  feature_value: unknown;
  reservation_id: string | null;
  reservation_expires_at: Date | null;
};

export function toAccessRow(row: Row): AccessRow {
  const { customer_id, customer_name, key_id } = row;
  return {
    code: row.code,
    customer: customer_id
      ? { id: fromUuid("cus", customer_id), name: customer_name ?? "" }
      : null,
    keyId: key_id && fromUuid("key", key_id),
    limits: numbers(row.limits),
    used: numbers(row.used),
    tightest: row.tightest_window,
    refusing: row.refusing_window,
    source: row.limit_source,
    resetMs: number(row.reset_ms),
    retryAfterMs: number(row.retry_after_ms),
    periodEnd: row.period_end && row.period_end.toISOString(),
    meter: row.meter_name,
    quota:
      row.quota_limit === null
        ? null
        : { limit: Number(row.quota_limit), used: Number(row.quota_used) },
    spend:
      row.spend_cap === null
        ? null
        : {
            cap: row.spend_cap,
            used: row.spend_used ?? "0",
            remaining: row.spend_left ?? "0",
          },
    feature: row.feature_kind && {
      kind: row.feature_kind,
      value: row.feature_value,
    },
    reservation:
      row.reservation_id === null || row.reservation_expires_at === null
        ? null
        : {
            id: fromUuid("rsv", row.reservation_id),
            expiresAt: row.reservation_expires_at.toISOString(),
          },
  };
}

// PostgreSQL's bigints come as text; these are far below 2⁵³ (CHECK constraints).
function number(value: string | null): number | null {
  return value === null ? null : Number(value);
}

export function numbers(values: (string | null)[] | null): FiveWindows | null {
  return values && values.map(number);
}
