import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { hashSecret, isSecret, makeSecret } from "@/platform/secret";
import type { CustomerRole, StaffRole } from "@/shared/permissions";
import { addSeconds } from "@/shared/time";
import { renewInvitation } from "../queries/invitations";
import {
  findContactRow,
  findMemberRows,
  findStaffRows,
  insertLink,
  useLinkRow,
  type Contact,
  type LinkPurpose,
} from "../queries/links";

export type { Contact, LinkPurpose };

const kinds = {
  verify_email: { prefix: "vl_", seconds: 24 * 60 * 60 },
  reset_password: { prefix: "rp_", seconds: 60 * 60 },
} as const satisfies Record<LinkPurpose, object>;

const invitationPrefix = "iv_";

/** What a one-time link of an invitation is kept as; the page that accepts it looks for this. */
export function hashInvitation(token: string): Buffer | null {
  if (!isSecret(invitationPrefix, token)) return null;
  return hashSecret("invitation", token);
}

/**
 * A fresh one-time link for a person, made when its mail is. Null when the person may not sign
 * in, or has shown already that the address is theirs.
 */
export async function makeAccountLink(
  ctx: Ctx,
  { userId, purpose }: { userId: string; purpose: LinkPurpose },
) {
  const { prefix, seconds } = kinds[purpose];
  return transaction(ctx, async (tx) => {
    const person = await findContactRow(tx, { id: userId });
    if (!person) return null;
    if (purpose === "verify_email" && person.isVerified) return null;
    const token = makeSecret(prefix);
    const expiresAt = addSeconds(tx.now(), seconds);
    const hash = hashSecret(purpose, token);
    await insertLink(tx, { userId, purpose, hash, expiresAt });
    const { email, name, language } = person;
    return { token, email, name, language, expiresAt };
  });
}

/** Use up a link, and with it the others for the same end. Null when it is unknown, used or late. */
export async function useAccountLink(
  tx: TxCtx,
  { token, purpose }: { token: string; purpose: LinkPurpose },
): Promise<{ userId: string } | null> {
  if (!isSecret(kinds[purpose].prefix, token)) return null;
  const userId = await useLinkRow(tx, purpose, hashSecret(purpose, token));
  return userId === null ? null : { userId };
}

/**
 * A fresh link of an open invitation, in place of the one that was mailed before. Null when it
 * was accepted or revoked, or is too old.
 */
export async function makeInvitationLink(ctx: Ctx, invitationId: string) {
  return transaction(ctx, async (tx) => {
    const token = makeSecret(invitationPrefix);
    const hash = hashSecret("invitation", token);
    const invitation = await renewInvitation(tx, invitationId, hash);
    return invitation && { token, ...invitation };
  });
}

/** How to reach a person who may sign in, for mails and notices; null when there is none. */
export async function findContact(
  ctx: Ctx,
  by: { id: string } | { email: string },
): Promise<Contact | null> {
  return findContactRow(ctx, by);
}

/** How to reach a customer's people with one of these roles. */
export async function customerContacts(
  ctx: Ctx,
  customerId: string,
  roles: CustomerRole[],
): Promise<Contact[]> {
  return findMemberRows(ctx, customerId, roles);
}

/** How to reach the members of staff with one of these roles. */
export async function staffContacts(
  ctx: Ctx,
  roles: StaffRole[],
): Promise<Contact[]> {
  return findStaffRows(ctx, roles);
}
