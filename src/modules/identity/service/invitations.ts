import { record } from "@/modules/audit";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import type { Acceptance } from "../contract/members";
import { hashPassword } from "../password-hash";
import {
  acceptInvitationRow,
  findInvitationByHash,
  findOpenInvitations,
  insertInvitation,
  lockInvitation,
  revokeOpen,
  updateInvitation,
  type AnyInvitation,
  type InvitationAt,
  type Place,
  type RoleAt,
} from "../queries/invitations";
import {
  findAccount,
  insertPerson,
  setVerified,
  upsertMembership,
} from "../queries/people";
import { updateMember } from "../queries/staff";
import { linkIsGone } from "./accounts";
import { hashInvitation } from "./links";
import { refuseWeak } from "./strength";

// One flow for the people of a customer, and with the place null for the team. Who may invite whom
// where is decided by the callers, in whose transaction it runs.

const openSeconds = 7 * 24 * 60 * 60;

/**
 * Invite an address to a place; a job mails the link. An open invitation of the address is
 * replaced by this one where the caller says so; otherwise throws CONFLICT.
 */
export async function invite<P extends Place>(
  tx: TxCtx,
  place: P,
  given: {
    email: string;
    full_name?: string | null | undefined;
    role: RoleAt<P>;
  },
  { replaces = false } = {},
): Promise<InvitationAt<P>> {
  const { email, full_name, role } = given;
  await revokeOpen(tx, place, email, { onlyExpired: !replaces });
  const made = await insertInvitation(tx, place, {
    email,
    fullName: full_name ?? null,
    role,
    invitedBy: "userId" in tx.actor ? tx.actor.userId : null,
    expiresAt: invitationEnd(tx),
  });
  if (!made)
    throw new DomainError(
      "CONFLICT",
      `${email} has been invited already. Resend that invitation, or revoke it first.`,
    );
  await told(tx, "created", made);
  await mail(tx, made.id);
  return made;
}

/** The open invitations to a place. */
export const listInvitations = findOpenInvitations;

/**
 * An invitation to a place that nobody has accepted, locked until the transaction ends. Throws
 * NOT_FOUND, CONFLICT.
 */
export async function lockUnaccepted<P extends Place>(
  tx: TxCtx,
  place: P,
  id: string,
): Promise<InvitationAt<P>> {
  const found = await lockInvitation(tx, place, id);
  if (!found) throw notFound("invitation");
  if (found.status === "accepted")
    throw new DomainError(
      "CONFLICT",
      `${found.email} has accepted this invitation. Change the person's role, or remove them.`,
    );
  return found;
}

/** Mail a locked invitation's link again, in place of the one before. Throws CONFLICT. */
export async function resendInvitation<P extends Place>(
  tx: TxCtx,
  locked: InvitationAt<P>,
): Promise<InvitationAt<P>> {
  if (locked.status === "revoked")
    throw new DomainError(
      "CONFLICT",
      "This invitation was revoked. Invite the person again.",
    );
  const end = invitationEnd(tx);
  await updateInvitation(tx, locked.id, { expires_at: end });
  await told(tx, "resent", locked);
  await mail(tx, locked.id);
  const expires_at = end.toISOString();
  return { ...locked, status: "pending", is_expired: false, expires_at };
}

/** Take a locked invitation back; one that is revoked stays so. */
export async function revokeInvitation<P extends Place>(
  tx: TxCtx,
  locked: InvitationAt<P>,
): Promise<InvitationAt<P>> {
  if (locked.status === "revoked") return locked;
  await updateInvitation(tx, locked.id, { revoked_at: tx.now() });
  await told(tx, "revoked", locked);
  return { ...locked, status: "revoked" };
}

/** The invitation behind a mailed link, for the page that accepts it; null when it is gone. */
export async function findInvitationOf(ctx: Ctx, token: string) {
  const hash = hashInvitation(token);
  const found = hash && (await findInvitationByHash(ctx, hash));
  if (!found) return null;
  const account = await findAccount(ctx, found.email);
  return { ...found, hasAccount: account !== null };
}

/**
 * Accept an invitation by its mailed link, which shows whose the address is: a person with an
 * account keeps it and gets the place, a new one names a password. Throws GONE.
 */
export async function acceptInvitation(ctx: Ctx, input: Acceptance) {
  const link = hashInvitation(input.token);
  const found = link && (await findInvitationByHash(ctx, link));
  if (!found) throw linkIsGone();
  const { password } = input;
  const known = await findAccount(ctx, found.email);
  if (known?.is_disabled) throw linkIsGone();
  if (!known && !password)
    throw invalid([{ field: "body.password", message: "is required" }]);
  if (!known && password) await refuseWeak(ctx, password, found.email);
  const hash = !known && password ? await hashPassword(password) : null;
  return transaction(ctx, async (tx) => {
    if (!(await acceptInvitationRow(tx, found.id))) throw linkIsGone();
    const userId =
      known?.id ??
      (await insertPerson(tx, {
        email: found.email,
        full_name: input.full_name ?? found.full_name ?? found.email,
        password_hash: hash ?? "",
        isVerified: true,
      }));
    await setVerified(tx, userId);
    await give(tx, userId, found);
    return { done: true as const, email: found.email };
  });
}

async function give(tx: TxCtx, userId: string, invitation: AnyInvitation) {
  const { email, role, customer_id } = invitation;
  if (invitation.customer_id === null)
    await updateMember(tx, userId, { staff_role: invitation.role });
  else
    await upsertMembership(tx, userId, invitation.customer_id, invitation.role);
  const name = customer_id === null ? "staff.joined" : "member.joined";
  await record(tx, {
    action: name,
    target: { kind: "user", id: userId },
    customerId: customer_id,
    after: { email, role },
  });
  await emit(tx, { name, payload: { user_id: userId, customer_id } });
}

function invitationEnd(ctx: Ctx): Date {
  return addSeconds(ctx.now(), openSeconds);
}

function mail(tx: TxCtx, id: string): Promise<void> {
  return emit(tx, {
    name: "invitation.created",
    payload: { invitation_id: id },
  });
}

function told(
  tx: TxCtx,
  verb: "created" | "resent" | "revoked",
  { id, email, role, customer_id }: InvitationAt<Place>,
): Promise<void> {
  return record(tx, {
    action: `invitation.${verb}`,
    target: { kind: "invitation", id },
    customerId: customer_id,
    [verb === "revoked" ? "before" : "after"]: { email, role },
  });
}
