import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CustomerRole, StaffRole } from "@/shared/permissions";

export type LinkPurpose = "verify_email" | "reset_password";

/** How to reach a person. */
export type Contact = {
  id: string;
  email: string;
  name: string;
  language: string;
  /** whether the address is known to be theirs */
  isVerified: boolean;
};

type Row = {
  id: string;
  email: string;
  full_name: string;
  language: string;
  email_verified_at: Date | null;
};

const shape = {
  id: true,
  email: true,
  full_name: true,
  language: true,
  email_verified_at: true,
} as const;

/** A person who may sign in, by public id or by address. */
export async function findContactRow(
  ctx: Ctx,
  by: { id: string } | { email: string },
): Promise<Contact | null> {
  const where = "id" in by ? { id: toUuid(by.id) } : by;
  const row = await ctx.db.user.findFirst({
    where: { ...where, disabled_at: null },
    select: shape,
  });
  return row && toContact(row);
}

/** The people of a customer who hold one of these roles. */
export async function findMemberRows(
  ctx: Ctx,
  customerId: string,
  roles: CustomerRole[],
): Promise<Contact[]> {
  const place = { customer_id: toUuid(customerId), role: { in: roles } };
  const rows = await ctx.db.user.findMany({
    where: { disabled_at: null, memberships: { some: place } },
    select: shape,
    take: 100,
  });
  return rows.map(toContact);
}

/** The members of staff who hold one of these roles. */
export async function findStaffRows(
  ctx: Ctx,
  roles: StaffRole[],
): Promise<Contact[]> {
  const rows = await ctx.db.user.findMany({
    where: { disabled_at: null, staff_role: { in: roles } },
    select: shape,
    take: 100,
  });
  return rows.map(toContact);
}

export async function insertLink(
  tx: TxCtx,
  link: {
    userId: string;
    purpose: LinkPurpose;
    hash: Buffer;
    expiresAt: Date;
  },
): Promise<void> {
  await tx.db.accountLink.create({
    data: {
      id: toUuid(newId("req")),
      user_id: toUuid(link.userId),
      purpose: link.purpose,
      hash: new Uint8Array(link.hash),
      expires_at: link.expiresAt,
      created_at: tx.now(),
    },
  });
}

/** Use up a link, in one statement: of two who try at once, one finds it. Its person, or null. */
export async function useLinkRow(
  tx: TxCtx,
  purpose: LinkPurpose,
  hash: Buffer,
): Promise<string | null> {
  const [used] = await tx.db.accountLink.updateManyAndReturn({
    where: {
      hash: new Uint8Array(hash),
      purpose,
      used_at: null,
      expires_at: { gt: tx.now() },
      user: { disabled_at: null },
    },
    data: { used_at: tx.now() },
  });
  if (!used) return null;
  // The others that were mailed for the same end are of no use any more.
  await tx.db.accountLink.updateMany({
    where: { user_id: used.user_id, purpose, used_at: null },
    data: { used_at: tx.now() },
  });
  return fromUuid("usr", used.user_id);
}

/** Remove links that ended before an instant. */
export async function deleteEndedLinks(
  ctx: Ctx,
  before: Date,
): Promise<number> {
  const where = { expires_at: { lt: before } };
  return (await ctx.db.accountLink.deleteMany({ where })).count;
}

function toContact(row: Row): Contact {
  return {
    id: fromUuid("usr", row.id),
    email: row.email,
    name: row.full_name,
    language: row.language,
    isVerified: row.email_verified_at !== null,
  };
}
