import { sql } from "@/platform/db";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Reservation } from "../contract";

type Row = {
  id: string;
  customer_id: string;
  meter: string | null;
  status: Reservation["status"];
  amount: string;
  spend: string;
  settled_amount: string | null;
  settled_spend: string | null;
  expires_at: Date;
  agrees: boolean;
};

/**
 * Close a reservation with what was used, or with null give it all back. `agrees` is false when it
 * had been closed otherwise. Null when there is none.
 */
export async function closeReservation(
  id: string,
  used: { amount: number; spend: string } | null,
): Promise<{ reservation: Reservation; agrees: boolean } | null> {
  const [row] = await sql<Row>("reservation_close", closeText, [
    toUuid(id),
    used && used.amount,
    used && used.spend,
  ]);
  return row ? { reservation: toReservation(row), agrees: row.agrees } : null;
}

// Of the spend meter itself, the amount and the spend are two names of the same.
const closeText = `SELECT (r).id, (r).customer_id, m.name AS meter, (r).status,
    trim_scale((r).amount)::text AS amount, trim_scale((r).spend)::text AS spend,
    (r).settled_amount, trim_scale((r).settled_spend)::text AS settled_spend, (r).expires_at, c.agrees
  FROM reservations asked, reservation_close(
    asked.id,
    CASE WHEN asked.meter_id = meter_of_spend() THEN greatest($2::numeric, $3::numeric) ELSE $2::numeric END,
    $3::numeric) c(r, agrees)
  LEFT JOIN meters m ON m.id = (r).meter_id
  WHERE asked.id = $1::uuid`;

function toReservation(row: Row): Reservation {
  return {
    id: fromUuid("rsv", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    meter: row.meter,
    status: row.status,
    amount: Number(row.amount),
    spend: row.spend,
    settled_amount:
      row.settled_amount === null ? null : Number(row.settled_amount),
    settled_spend: row.settled_spend,
    expires_at: row.expires_at.toISOString(),
  };
}
