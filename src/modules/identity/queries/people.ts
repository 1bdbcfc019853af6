import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CustomerRole, StaffRole } from "@/shared/permissions";

/** A person as sign-in needs them. */
export type Account = {
  id: string;
  email: string;
  full_name: string;
  password_hash: string | null;
  staff_role: StaffRole | null;
  is_disabled: boolean;
  is_verified: boolean;
  has_two_factor: boolean;
  must_change_password: boolean;
  has_signed_in: boolean;
  language: string;
  /** the customers whose people they are, first joined first */
  customers: { id: string; role: CustomerRole }[];
};

export async function findAccount(
  ctx: Ctx,
  email: string,
): Promise<Account | null> {
  const row = await ctx.db.user.findUnique({
    where: { email },
    include: { memberships: { orderBy: { created_at: "asc" } } },
  });
  return row && toAccount(row);
}

/** The account of a person by public id. */
export async function findAccountById(
  ctx: Ctx,
  id: string,
): Promise<Account | null> {
  const row = await ctx.db.user.findUnique({
    where: { id: toUuid(id) },
    include: { memberships: { orderBy: { created_at: "asc" } } },
  });
  return row && toAccount(row);
}

export async function insertPerson(
  tx: TxCtx,
  person: {
    email: string;
    full_name: string;
    password_hash: string;
    isVerified: boolean;
    must_change_password?: boolean;
    staff_role?: StaffRole;
  },
): Promise<string> {
  const id = newId("usr");
  const { isVerified, ...fields } = person;
  await tx.db.user.create({
    data: {
      ...fields,
      id: toUuid(id),
      email_verified_at: isVerified ? tx.now() : null,
      created_at: tx.now(),
    },
  });
  return id;
}

/** Change a person's own fields. */
export async function updatePerson(
  tx: TxCtx,
  id: string,
  patch: { full_name?: string; language?: string },
): Promise<void> {
  await tx.db.user.update({ where: { id: toUuid(id) }, data: patch });
}

/** Keep a new password; the person chose it, so it need not be changed. */
export async function setPassword(
  tx: TxCtx,
  id: string,
  password_hash: string,
): Promise<void> {
  await tx.db.user.update({
    where: { id: toUuid(id) },
    data: {
      password_hash,
      password_changed_at: tx.now(),
      must_change_password: false,
    },
  });
}

/** Note that an address is its person's; false when that was known. */
export async function setVerified(tx: TxCtx, id: string): Promise<boolean> {
  const { count } = await tx.db.user.updateMany({
    where: { id: toUuid(id), email_verified_at: null },
    data: { email_verified_at: tx.now() },
  });
  return count === 1;
}

export async function upsertMembership(
  tx: TxCtx,
  userId: string,
  customerId: string,
  role: CustomerRole,
): Promise<void> {
  const key = { user_id: toUuid(userId), customer_id: toUuid(customerId) };
  await tx.db.membership.upsert({
    where: { user_id_customer_id: key },
    create: { ...key, role, created_at: tx.now() },
    update: { role },
  });
}

export async function setLastSignIn(tx: TxCtx, userId: string): Promise<void> {
  await tx.db.user.update({
    where: { id: toUuid(userId) },
    data: { last_sign_in_at: tx.now() },
  });
}

export async function hasOwner(ctx: Ctx): Promise<boolean> {
  const where = { staff_role: "owner", disabled_at: null };
  return (await ctx.db.user.count({ where, take: 1 })) > 0;
}

export async function insertSetupLink(
  tx: TxCtx,
  hash: Buffer,
  expiresAt: Date,
): Promise<void> {
  // A new link takes the place of every older one.
  await tx.db.setupLink.deleteMany({ where: { used_at: null } });
  await tx.db.setupLink.create({
    data: {
      hash: new Uint8Array(hash),
      expires_at: expiresAt,
      created_at: tx.now(),
    },
  });
}

/** Use up a set-up link. False when it is unknown, used or expired. */
export async function useSetupLink(tx: TxCtx, hash: Buffer): Promise<boolean> {
  const { count } = await tx.db.setupLink.updateMany({
    where: {
      hash: new Uint8Array(hash),
      used_at: null,
      expires_at: { gt: tx.now() },
    },
    data: { used_at: tx.now() },
  });
  return count === 1;
}

export async function findSetupLink(ctx: Ctx, hash: Buffer): Promise<boolean> {
  const where = {
    hash: new Uint8Array(hash),
    used_at: null,
    expires_at: { gt: ctx.now() },
  };
  return (await ctx.db.setupLink.count({ where, take: 1 })) > 0;
}

/** Serialise the making of the first owner. */
export async function lockOwners(tx: TxCtx): Promise<void> {
  await tx.db.$executeRaw`LOCK TABLE setup_links IN EXCLUSIVE MODE`;
}

type Row = Prisma.UserGetPayload<{ include: { memberships: true } }>;

function toAccount(row: Row): Account {
  return {
    id: fromUuid("usr", row.id),
    email: row.email,
    full_name: row.full_name,
    password_hash: row.password_hash,
    staff_role: row.staff_role as StaffRole | null, // Safe: a CHECK constraint.
    is_disabled: row.disabled_at !== null,
    is_verified: row.email_verified_at !== null,
    has_two_factor: row.two_factor_at !== null,
    must_change_password: row.must_change_password,
    has_signed_in: row.last_sign_in_at !== null,
    language: row.language,
    customers: row.memberships.map(({ customer_id, role }) => ({
      id: fromUuid("cus", customer_id),
      role: role as CustomerRole, // Safe: a CHECK constraint.
    })),
  };
}
