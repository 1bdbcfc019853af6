import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { AlertKind } from "../contract";

export type Raise = {
  kind: AlertKind;
  customerId: string;
  /** a meter's name */
  meter: string | null;
  threshold: number;
  /** with the rest, what an alert is about: it stands once until it has recovered */
  subject: string;
  periodStart: Date | null;
  limit: string | null;
  value: string | null;
  details: Record<string, string>;
};

/** Raise an alert with its event, unless it stands already. */
export async function raiseAlert(tx: TxCtx, alert: Raise): Promise<void> {
  await tx.db.$queryRaw`
    SELECT alert_raise(
      ${alert.kind}::text, ${toUuid(alert.customerId)}::uuid,
      (SELECT id FROM meters WHERE name = ${alert.meter}::text), ${alert.threshold}::int, ${alert.subject}::text,
      ${alert.periodStart}::timestamptz, ${alert.limit}::numeric, ${alert.value}::numeric,
      ${JSON.stringify(alert.details)}::jsonb)::text`;
}

/** Say that a customer's alerts of a kind no longer hold, but those about `except`. */
export async function recoverAlerts(
  tx: TxCtx,
  kind: AlertKind,
  customerId: string,
  except: { meter: string | null; subject: string }[],
): Promise<void> {
  const kept = except.map(({ meter, subject }) => `${meter ?? ""} ${subject}`);
  await tx.db.$queryRaw`
    SELECT alert_recover(ARRAY(
      SELECT a.id FROM alerts a LEFT JOIN meters m ON m.id = a.meter_id
      WHERE a.kind = ${kind}::text AND a.customer_id = ${toUuid(customerId)}::uuid AND a.recovered_at IS NULL
        AND coalesce(m.name, '') || ' ' || a.subject <> ALL (${kept}::text[])))`;
}

/** Alerts of billing periods that are over have recovered; the answer counts them. */
export async function recoverPastPeriods(tx: TxCtx): Promise<number> {
  const [row] = await tx.db.$queryRaw<[{ n: number }]>`
    SELECT alert_recover(ARRAY(
      SELECT a.id FROM alerts a LEFT JOIN customer_entitlements e ON e.customer_id = a.customer_id
      WHERE a.recovered_at IS NULL AND a.kind IN ('threshold', 'projection')
        AND a.period_start < billing_period_start(e, now())
      ORDER BY a.id LIMIT 1000)) AS n`;
  return row.n;
}

/** Alerts of models without a price that have one now have recovered. */
export async function recoverPriced(tx: TxCtx): Promise<number> {
  const [row] = await tx.db.$queryRaw<[{ n: number }]>`
    SELECT alert_recover(ARRAY(
      SELECT a.id FROM alerts a WHERE a.recovered_at IS NULL AND a.kind = 'unpriced'
        AND EXISTS (SELECT FROM price_find(a.details->>'provider', a.details->>'model', NULL, now())))) AS n`;
  return row.n;
}

/** Customers that used something of late, or have a projection standing, by their order. */
export async function listUsers(
  ctx: Ctx,
  since: Date,
  after: string | null,
  most: number,
): Promise<string[]> {
  const from = after ? toUuid(after) : "00000000-0000-0000-0000-000000000000";
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM customers c WHERE id > ${from}::uuid AND (
      EXISTS (SELECT FROM meter_usage u WHERE u.subject_id = c.id AND u.updated_at >= ${since}::timestamptz)
      OR EXISTS (SELECT FROM alerts a WHERE a.customer_id = c.id AND a.kind = 'projection' AND a.recovered_at IS NULL))
    ORDER BY id LIMIT ${most}`;
  return rows.map(({ id }) => fromUuid("cus", id));
}

/** Active customers whose access ends before a time, and those of which that was said, by order. */
export async function listExpiring(
  ctx: Ctx,
  before: Date,
  after: string | null,
  most: number,
): Promise<{ id: string; expiresAt: Date | null }[]> {
  const from = after ? toUuid(after) : "00000000-0000-0000-0000-000000000000";
  const rows = await ctx.db.$queryRaw<
    { id: string; expires_at: Date | null }[]
  >`
    SELECT id, CASE WHEN status = 'active' AND expires_at > now() AND expires_at < ${before}::timestamptz
                    THEN expires_at END AS expires_at
    FROM customers c
    WHERE id > ${from}::uuid AND (
      status = 'active' AND expires_at > now() AND expires_at < ${before}::timestamptz
      OR EXISTS (SELECT FROM alerts a WHERE a.customer_id = c.id AND a.kind = 'expiring' AND a.recovered_at IS NULL))
    ORDER BY id LIMIT ${most}`;
  return rows.map((row) => ({
    id: fromUuid("cus", row.id),
    expiresAt: row.expires_at,
  }));
}
