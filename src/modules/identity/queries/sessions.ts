import { sql } from "@/platform/db";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CustomerRole, StaffRole } from "@/shared/permissions";

export async function insertSession(
  tx: TxCtx,
  session: {
    userId: string;
    customerId: string | null;
    userAgent: string | null;
    expiresAt: Date;
  },
): Promise<string> {
  const id = newId("ses");
  await tx.db.session.create({
    data: {
      id: toUuid(id),
      user_id: toUuid(session.userId),
      customer_id: session.customerId && toUuid(session.customerId),
      ip: tx.ip,
      user_agent: session.userAgent,
      created_at: tx.now(),
      expires_at: session.expiresAt,
    },
  });
  return id;
}

/** A live session with its person, as of now. */
export type LiveSession = {
  userId: string;
  email: string;
  name: string;
  staffRole: StaffRole | null;
  customer: { id: string; role: CustomerRole } | null;
};

type SessionRow = {
  user_id: string;
  email: string;
  full_name: string;
  staff_role: StaffRole | null;
  customer_id: string | null;
  customer_role: CustomerRole | null;
};

/** The session, unless it is revoked or expired or its person disabled: one indexed read. */
export async function findLiveSession(id: string): Promise<LiveSession | null> {
  const [row] = await sql<SessionRow>(
    "live_session",
    `SELECT s.user_id, u.email, u.full_name, u.staff_role, m.customer_id, m.role AS customer_role
     FROM sessions s
     JOIN users u ON u.id = s.user_id
     LEFT JOIN memberships m ON m.user_id = s.user_id AND m.customer_id = s.customer_id
     WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL`,
    [toUuid(id)],
  );
  if (!row) return null;
  return {
    userId: fromUuid("usr", row.user_id),
    email: row.email,
    name: row.full_name,
    staffRole: row.staff_role,
    customer:
      row.customer_id && row.customer_role
        ? { id: fromUuid("cus", row.customer_id), role: row.customer_role }
        : null,
  };
}

/** Revoke a session; false when it was not live. */
export async function revokeSession(tx: TxCtx, id: string): Promise<boolean> {
  const { count } = await tx.db.session.updateMany({
    where: { id: toUuid(id), revoked_at: null },
    data: { revoked_at: tx.now() },
  });
  return count === 1;
}

/** Remove sessions that ended before `before`. */
export async function deleteEndedSessions(
  ctx: Ctx,
  before: Date,
): Promise<number> {
  const { count } = await ctx.db.session.deleteMany({
    where: { expires_at: { lt: before } },
  });
  return count;
}
