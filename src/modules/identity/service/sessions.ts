import { record } from "@/modules/audit";
import type { Actor, Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { assertLeft, spend } from "@/platform/rate-limit";
import { Email } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import { verifyPassword } from "../password-hash";
import { findAccount, setLastSignIn, type Account } from "../queries/people";
import {
  findLiveSession,
  insertSession,
  revokeSession,
} from "../queries/sessions";

/** Seconds that a browser stays signed in. */
export const sessionSeconds = 30 * 24 * 60 * 60;

export type SignedIn = {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
};

/**
 * Check a password and open a session; null when they do not fit, whether or not anybody has
 * that address. Failures count against the address and against the caller's IP: past the limit
 * it throws RATE_LIMITED.
 */
export async function signIn(
  ctx: Ctx,
  credentials: { email: string; password: string; userAgent: string | null },
): Promise<SignedIn | null> {
  // What is no address is looked for as one that nobody has.
  const email = Email.catch("nobody@invalid").parse(credentials.email);
  const points = env().LIMIT_AUTH_PER_MINUTE;
  const budget = { name: "sign-in", points };
  const subjects = [`email:${email.slice(0, 200)}`, `ip:${ctx.ip ?? "none"}`];
  for (const subject of subjects) await assertLeft(budget, subject);
  const account = await findAccount(ctx, email);
  const fits = await verifyPassword(
    account?.password_hash ?? null,
    credentials.password.slice(0, 1_000),
  );
  const place = account && placeOf(account);
  if (!account || !fits || !place) {
    for (const subject of subjects) await spend(budget, subject);
    return null;
  }
  return transaction(ctx, async (tx) => {
    const sessionId = await insertSession(tx, {
      userId: account.id,
      customerId: place.customerId,
      userAgent: credentials.userAgent?.slice(0, 300) ?? null,
      expiresAt: addSeconds(tx.now(), sessionSeconds),
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
    const { id: userId, full_name: name } = account;
    return { sessionId, userId, email, name };
  });
}

/** Who a session speaks for now, or null when it has ended or its person may not act. */
export async function sessionActor(sessionId: string) {
  if (!idOf("ses").safeParse(sessionId).success) return null;
  const live = await findLiveSession(sessionId);
  if (!live) return null;
  const { userId, name, email } = live;
  const person = { userId, name, sessionId };
  if (live.customer)
    return {
      email,
      actor: {
        kind: "customer",
        ...person,
        role: live.customer.role,
        customerId: live.customer.id,
      } satisfies Actor,
    };
  if (live.staffRole)
    return {
      email,
      actor: {
        kind: "staff",
        ...person,
        role: live.staffRole,
      } satisfies Actor,
    };
  return null;
}

/** End a session: the next request with it, in any process, is nobody's. */
export async function signOut(ctx: Ctx, sessionId: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    if (await revokeSession(tx, sessionId))
      await record(tx, {
        action: "session.closed",
        target: { kind: "session", id: sessionId },
      });
  });
}

// Staff sign in to the dashboard; everyone else to the first customer they belong to.
function placeOf(account: Account) {
  if (account.is_disabled) return null;
  const person = { userId: account.id, name: account.full_name };
  const { staff_role: staffRole } = account;
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
  const [first] = account.customers;
  if (!first) return null;
  return {
    customerId: first.id,
    actor: (sessionId: string): Actor => ({
      kind: "customer",
      ...person,
      role: first.role,
      customerId: first.id,
      sessionId,
    }),
  };
}
