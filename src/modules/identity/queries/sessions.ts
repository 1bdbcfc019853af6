import { sql } from "@/platform/db";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CustomerRole, StaffRole } from "@/shared/permissions";
import type { Session } from "../contract/sessions";

export type SessionKind = Session["kind"];

export async function insertSession(
  tx: TxCtx,
  session: {
    userId: string;
    kind: SessionKind;
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
      kind: session.kind,
      customer_id: session.customerId && toUuid(session.customerId),
      ip: tx.ip,
      user_agent: session.userAgent,
      created_at: tx.now(),
      last_seen_at: tx.now(),
      expires_at: session.expiresAt,
    },
  });
  return id;
}

/** Whether a person has had a session with this user agent in the time that sessions are kept. */
export async function hasUsedAgent(
  ctx: Ctx,
  userId: string,
  userAgent: string | null,
): Promise<boolean> {
  const where = { user_id: toUuid(userId), user_agent: userAgent };
  return (await ctx.db.session.count({ where, take: 1 })) > 0;
}

/** A live session with its person, as of now. */
export type LiveSession = {
  userId: string;
  email: string;
  name: string;
  kind: SessionKind;
  staffRole: StaffRole | null;
  hasTwoFactor: boolean;
  mustChangePassword: boolean;
  customer: { id: string; role: CustomerRole } | null;
  /** the customer whose portal a member of staff looks at */
  viewingId: string | null;
};

type SessionRow = {
  user_id: string;
  email: string;
  full_name: string;
  kind: SessionKind;
  staff_role: StaffRole | null;
  has_two_factor: boolean;
  must_change_password: boolean;
  customer_id: string | null;
  customer_role: CustomerRole | null;
  viewing_id: string | null;
  is_idle: boolean;
};

type SessionUse = {
  /** a browser's session ends when it was not used for so long; null: it does not */
  idleMinutes: number | null;
  /** whether a person is behind this request, and not only a page that renews itself */
  isAttended: boolean;
};

/**
 * The session, unless it is revoked, expired or left idle, or its person disabled: one indexed read.
 * When it was used last is noted once a minute, and so it may idle for a minute more.
 */
export async function findLiveSession(
  id: string,
  { idleMinutes, isAttended }: SessionUse = {
    idleMinutes: null,
    isAttended: true,
  },
): Promise<LiveSession | null> {
  const [row] = await sql<SessionRow>(
    "live_session",
    `SELECT s.user_id, u.email, u.full_name, s.kind, u.staff_role, u.two_factor_at IS NOT NULL AS has_two_factor,
            u.must_change_password, m.customer_id, m.role AS customer_role,
            CASE WHEN s.viewing_until > now() THEN s.viewing_id END AS viewing_id,
            s.last_seen_at < now() - interval '1 minute' AS is_idle
     FROM sessions s
     JOIN users u ON u.id = s.user_id
     LEFT JOIN memberships m ON m.user_id = s.user_id AND m.customer_id = s.customer_id
     WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
       AND ($2::int IS NULL OR s.kind <> 'browser' OR s.last_seen_at > now() - make_interval(mins => $2 + 1))`,
    [toUuid(id), idleMinutes],
  );
  if (!row) return null;
  if (row.is_idle && isAttended)
    await sql(
      "touch_session",
      "UPDATE sessions SET last_seen_at = now() WHERE id = $1",
      [toUuid(id)],
    );
  return {
    userId: fromUuid("usr", row.user_id),
    email: row.email,
    name: row.full_name,
    kind: row.kind,
    staffRole: row.staff_role,
    hasTwoFactor: row.has_two_factor,
    mustChangePassword: row.must_change_password,
    customer:
      row.customer_id && row.customer_role
        ? { id: fromUuid("cus", row.customer_id), role: row.customer_role }
        : null,
    viewingId: row.viewing_id && fromUuid("cus", row.viewing_id),
  };
}

/** A person's live sessions, the newest first; a browser's only when it was used since `usedSince`. */
export async function findSessions(
  ctx: Ctx,
  userId: string,
  usedSince: Date | null,
): Promise<Omit<Session, "is_current">[]> {
  const rows = await ctx.db.session.findMany({
    where: {
      user_id: toUuid(userId),
      revoked_at: null,
      expires_at: { gt: ctx.now() },
      ...(usedSince && {
        NOT: { kind: "browser", last_seen_at: { lte: usedSince } },
      }),
    },
    orderBy: { id: "desc" },
    take: 200,
  });
  return rows.map((row) => ({
    id: fromUuid("ses", row.id),
    kind: row.kind as SessionKind, // Safe: a CHECK constraint.
    ip: row.ip,
    user_agent: row.user_agent,
    created_at: row.created_at.toISOString(),
    last_seen_at: row.last_seen_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
  }));
}

/** Revoke a session, of this person when one is named; false when it was not live. */
export async function revokeSession(
  tx: TxCtx,
  id: string,
  userId?: string,
): Promise<boolean> {
  const { count } = await tx.db.session.updateMany({
    where: {
      id: toUuid(id),
      revoked_at: null,
      ...(userId && { user_id: toUuid(userId) }),
    },
    data: { revoked_at: tx.now() },
  });
  return count === 1;
}

/** Revoke a person's sessions, but for one that may be kept. Answers how many. */
export async function revokeSessions(
  tx: TxCtx,
  userId: string,
  keptId: string | null = null,
): Promise<number> {
  const { count } = await tx.db.session.updateMany({
    where: {
      user_id: toUuid(userId),
      revoked_at: null,
      ...(keptId && { id: { not: toUuid(keptId) } }),
    },
    data: { revoked_at: tx.now() },
  });
  return count;
}

/** Have a session act for another of its person's customers. */
export async function setSessionCustomer(
  tx: TxCtx,
  id: string,
  customerId: string,
): Promise<void> {
  await tx.db.session.update({
    where: { id: toUuid(id) },
    data: { customer_id: toUuid(customerId) },
  });
}

/** Begin (or, with null, end) a look at a customer's portal. */
export async function setViewing(
  tx: TxCtx,
  id: string,
  viewing: { customerId: string; reason: string; until: Date } | null,
): Promise<void> {
  await tx.db.session.update({
    where: { id: toUuid(id) },
    data: {
      viewing_id: viewing && toUuid(viewing.customerId),
      viewing_reason: viewing && viewing.reason,
      viewing_until: viewing && viewing.until,
    },
  });
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
