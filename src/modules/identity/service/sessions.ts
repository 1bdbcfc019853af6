import { record } from "@/modules/audit";
import { selfService, settings } from "@/modules/settings";
import type { Actor, Ctx, Restriction, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { publicCtx } from "@/platform/request-context";
import type { SelfService } from "@/shared/capabilities";
import { notFound } from "@/shared/errors";
import { idOf } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import type { Session } from "../contract/sessions";
import { setLastSignIn, type Account } from "../queries/people";
import {
  findLiveSession,
  findSessions,
  hasUsedAgent,
  insertSession,
  revokeSession,
  type LiveSession,
  type SessionKind,
} from "../queries/sessions";
import { checkCredentials, type Credentials } from "./credentials";
import { tellOfSignIn } from "./sign-in-told";
import { refuseViewer } from "./person";

/** Seconds that a person stays signed in at most, as the settings bound them. */
export const longestSessionSeconds = 365 * 24 * 60 * 60;

export type SignedIn = {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
};

/**
 * Check a password, and the second factor where it is on, and open a browser's session; null
 * when they do not fit, whether or not anybody has that address. Throws RATE_LIMITED after too
 * many failures, TWO_FACTOR_REQUIRED, EMAIL_NOT_VERIFIED.
 */
export async function signIn(
  ctx: Ctx,
  credentials: Credentials,
): Promise<SignedIn | null> {
  const account = await checkCredentials(ctx, credentials);
  return account && openSession(ctx, account, "browser");
}

/** Open a session for a person who has shown who they are; null when they belong nowhere. */
export async function openSession(
  ctx: Ctx,
  account: Account,
  kind: SessionKind,
): Promise<SignedIn | null> {
  const place = placeOf(account, await selfService(ctx));
  if (!place) return null;
  const userAgent = ctx.userAgent?.slice(0, 300) ?? null;
  const expiresAt = await sessionEnd(ctx);
  const { security } = await settings(ctx);
  const opened = await transaction(ctx, async (tx) => {
    const isNewDevice =
      account.has_signed_in && !(await hasUsedAgent(tx, account.id, userAgent));
    const sessionId = await insertSession(tx, {
      userId: account.id,
      kind,
      customerId: place.customerId,
      userAgent,
      expiresAt,
      idleMinutes: security.session_idle_minutes,
    });
    await setLastSignIn(tx, account.id);
    await record(
      { ...tx, actor: place.actor(sessionId) },
      {
        action: "session.opened",
        target: { kind: "session", id: sessionId },
        customerId: place.customerId,
      },
    );
    await tellOfSession(tx, account.id, sessionId, userAgent, isNewDevice);
    const { id: userId, email, full_name: name } = account;
    return { sessionId, userId, email, name };
  });
  tellOfSignIn(ctx, "signed_in");
  return opened;
}

/** Whom a session speaks for now, as the mail and the screens name them. */
export type Speaker = {
  actor: Extract<Actor, { kind: "staff" | "customer" }>;
  email: string;
};

/**
 * Who a session speaks for now, or null when it has ended or its person may not act. A request with
 * nobody behind it does not keep the session from ending idle.
 */
export async function sessionActor(
  sessionId: string,
  { isAttended = true } = {},
): Promise<Speaker | null> {
  if (!idOf("ses").safeParse(sessionId).success) return null;
  const { security } = await settings(publicCtx(null));
  const idleMinutes = security.session_idle_minutes;
  const live = await findLiveSession(sessionId, { idleMinutes, isAttended });
  if (!live) return null;
  const { userId, name, email, staffRole, viewingId } = live;
  const { hasTwoFactor } = live;
  const restriction = await restrictionOf(live);
  const person = { userId, name, sessionId, hasTwoFactor, restriction };
  if (staffRole && viewingId)
    return {
      email,
      actor: {
        kind: "customer",
        ...person,
        role: "owner",
        customerId: viewingId,
        selfService: await selfService(publicCtx(null)),
        viewer: { userId, name },
      },
    };
  if (live.customer)
    return {
      email,
      actor: {
        kind: "customer",
        ...person,
        role: live.customer.role,
        customerId: live.customer.id,
        selfService: await selfService(publicCtx(null)),
      },
    };
  if (staffRole)
    return { email, actor: { kind: "staff", ...person, role: staffRole } };
  return null;
}

/** When a session that is opened or renewed now ends. */
export async function sessionEnd(ctx: Ctx): Promise<Date> {
  const { security } = await settings(ctx);
  return addSeconds(ctx.now(), security.session_days * 24 * 60 * 60);
}

async function restrictionOf(live: LiveSession): Promise<Restriction | null> {
  if (live.mustChangePassword) return "password";
  if (!live.staffRole || live.hasTwoFactor) return null;
  const { security } = await settings(publicCtx(null));
  return security.staff_two_factor_required ? "two_factor" : null;
}

/** End a session: the next request with it, in any process, is nobody's. */
export async function signOut(ctx: Ctx, sessionId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (await revokeSession(tx, sessionId)) await tellOfEnd(tx, sessionId);
  });
}

/** One's own live sessions, the newest first. */
export async function listSessions(ctx: Ctx): Promise<{ items: Session[] }> {
  const { userId, sessionId } = refuseViewer(ctx);
  const { security } = await settings(ctx);
  const idleMinutes = security.session_idle_minutes;
  const items = await findSessions(ctx, userId, idleMinutes);
  return {
    items: items.map((session) => ({
      ...session,
      is_current: session.id === sessionId,
    })),
  };
}

/** End one of one's own sessions. Throws NOT_FOUND. */
export async function revokeOwnSession(ctx: Ctx, id: string) {
  const { userId } = refuseViewer(ctx);
  return transaction(ctx, async (tx) => {
    if (!(await revokeSession(tx, id, userId))) throw notFound("session");
    await tellOfEnd(tx, id);
    return { done: true as const };
  });
}

function tellOfEnd(tx: TxCtx, sessionId: string): Promise<void> {
  return record(tx, {
    action: "session.closed",
    target: { kind: "session", id: sessionId },
  });
}

function tellOfSession(
  tx: TxCtx,
  userId: string,
  sessionId: string,
  userAgent: string | null,
  isNewDevice: boolean,
): Promise<void> {
  return emit(tx, {
    name: "session.opened",
    payload: {
      user_id: userId,
      session_id: sessionId,
      ip: tx.ip,
      user_agent: userAgent,
      is_new_device: isNewDevice,
    },
  });
}

// Staff sign in to the dashboard; everyone else to the first customer they belong to.
function placeOf(account: Account, selfService: SelfService) {
  if (account.is_disabled) return null;
  const { staff_role: staffRole } = account;
  const [first] = account.customers;
  const person = {
    userId: account.id,
    name: account.full_name,
    hasTwoFactor: account.has_two_factor,
    restriction: null,
  };
  if (staffRole)
    return {
      customerId: null,
      actor: (sessionId: string): Actor => ({
        kind: "staff",
        ...person,
        role: staffRole,
        sessionId,
      }),
    };
  if (!first) return null;
  return {
    customerId: first.id,
    actor: (sessionId: string): Actor => ({
      kind: "customer",
      ...person,
      role: first.role,
      customerId: first.id,
      selfService,
      sessionId,
    }),
  };
}
