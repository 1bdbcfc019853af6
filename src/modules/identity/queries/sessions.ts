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
    idleMinutes: number | null;
  },
): Promise<string> {
  const id = newId("ses");
  const { userId, kind, customerId, userAgent, expiresAt, idleMinutes } =
    session;
  await tx.db.$executeRaw`
    INSERT INTO sessions (id, user_id, kind, customer_id, ip, user_agent, created_at, last_seen_at, idle_at, expires_at)
    VALUES (${toUuid(id)}::uuid, ${toUuid(userId)}::uuid, ${kind}, ${customerId && toUuid(customerId)}::uuid, ${tx.ip},
      ${userAgent}, ${tx.now()}::timestamptz, ${tx.now()}::timestamptz, session_idle_at(${kind}::text, ${tx.now()}::timestamptz, ${idleMinutes}::int), ${expiresAt}::timestamptz)`;
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
  is_to_note: boolean;
};

type SessionUse = {
  /** a browser's session ends when it was not used for so long; null: it does not any more */
  idleMinutes: number | null;
  /** whether a person is behind this request, and not only a page that renews itself */
  isAttended: boolean;
};

/**
 * The session, unless it is revoked, expired or was left idle, or its person disabled: one indexed
 * read. When it was used last is noted once a minute.
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
            s.last_seen_at < now() - interval '1 minute' AS is_to_note
     FROM sessions s
     JOIN users u ON u.id = s.user_id
     LEFT JOIN memberships m ON m.user_id = s.user_id AND m.customer_id = s.customer_id
     WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
       AND NOT session_was_left(s, $2::int, now())`,
    [toUuid(id), idleMinutes],
  );
  if (!row) return null;
  if (row.is_to_note && isAttended)
    await sql(
      "touch_session",
      "UPDATE sessions SET last_seen_at = now(), idle_at = session_idle_at(kind, now(), $2::int) WHERE id = $1",
      [toUuid(id), idleMinutes],
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

type ListedRow = Record<"created_at" | "last_seen_at" | "expires_at", Date> & {
  id: string;
  kind: SessionKind;
  ip: string | null;
  user_agent: string | null;
};

/** A person's live sessions, the newest first. */
export async function findSessions(
  ctx: Ctx,
  userId: string,
  idleMinutes: number | null,
): Promise<Omit<Session, "is_current">[]> {
  const rows = await ctx.db.$queryRaw<ListedRow[]>`
    SELECT id, kind, ip, user_agent, created_at, last_seen_at, expires_at FROM sessions s
    WHERE user_id = ${toUuid(userId)}::uuid AND revoked_at IS NULL AND expires_at > ${ctx.now()}::timestamptz
      AND NOT session_was_left(s, ${idleMinutes}::int, ${ctx.now()}::timestamptz)
    ORDER BY id DESC LIMIT 200`;
  return rows.map((row) => ({
    ...row,
    id: fromUuid("ses", row.id),
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
