import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { CustomerRole, StaffRole } from "@/shared/permissions";

/** Where an invitation leads: to a customer's people by its public id, or with null to the team. */
export type Place = string | null;
export type RoleAt<P extends Place> = P extends string
  ? CustomerRole
  : StaffRole;

export type InvitationStatus = "pending" | "expired" | "accepted" | "revoked";

export type InvitationAt<P extends Place> = {
  id: string;
  email: string;
  full_name: string | null;
  customer_id: P;
  role: RoleAt<P>;
  status: InvitationStatus;
  is_expired: boolean;
  /** their name */
  invited_by: string | null;
  expires_at: string;
  created_at: string;
};

/** An invitation to anywhere. */
export type AnyInvitation = InvitationAt<string> | InvitationAt<null>;

const open = { accepted_at: null, revoked_at: null };
const pending = (ctx: Ctx) => ({ ...open, expires_at: { gt: ctx.now() } });
const at = (place: Place) => ({ customer_id: place && toUuid(place) });

/** Null when the address has an open invitation to the place already. */
export async function insertInvitation<P extends Place>(
  tx: TxCtx,
  place: P,
  given: {
    email: string;
    fullName: string | null;
    role: RoleAt<P>;
    invitedBy: string | null;
    expiresAt: Date;
  },
): Promise<InvitationAt<P> | null> {
  const id = newId("inv");
  const { count } = await tx.db.invitation.createMany({
    data: [
      {
        id: toUuid(id),
        email: given.email,
        full_name: given.fullName,
        ...at(place),
        [place === null ? "staff_role" : "customer_role"]: given.role,
        invited_by: given.invitedBy && toUuid(given.invitedBy),
        expires_at: given.expiresAt,
        created_at: tx.now(),
      },
    ],
    skipDuplicates: true,
  });
  return count === 1 ? findInvitation(tx, place, id) : null;
}

/** The invitations to a place that are neither accepted nor revoked, the newest first. */
export async function findOpenInvitations<P extends Place>(
  ctx: Ctx,
  place: P,
): Promise<InvitationAt<P>[]> {
  const rows = await ctx.db.invitation.findMany({
    where: { ...at(place), ...open },
    orderBy: { id: "desc" },
    take: 1_000, // only keeps an answer from growing without end
  });
  const read = await reader(ctx, rows);
  return rows.map((row) => read(row, place));
}

/** Wait until nobody else changes the invitation, as its accepting does, and read it. */
export async function lockInvitation<P extends Place>(
  tx: TxCtx,
  place: P,
  id: string,
): Promise<InvitationAt<P> | null> {
  await tx.db
    .$queryRaw`SELECT id FROM invitations WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findInvitation(tx, place, id);
}

export async function updateInvitation(
  tx: TxCtx,
  id: string,
  data: { expires_at?: Date; revoked_at?: Date },
): Promise<void> {
  await tx.db.invitation.update({ where: { id: toUuid(id) }, data });
}

/** Revoke an address's open invitation to a place, or only one that ran out. */
export async function revokeOpen(
  tx: TxCtx,
  place: Place,
  email: string,
  { onlyExpired }: { onlyExpired: boolean },
): Promise<void> {
  await tx.db.invitation.updateMany({
    where: {
      email,
      ...at(place),
      ...open,
      ...(onlyExpired && { expires_at: { lte: tx.now() } }),
    },
    data: { revoked_at: tx.now() },
  });
}

/** The invitation of a mailed link that can still be accepted. */
export async function findInvitationByHash(
  ctx: Ctx,
  hash: Buffer,
): Promise<AnyInvitation | null> {
  const row = await ctx.db.invitation.findFirst({
    where: { hash: new Uint8Array(hash), ...pending(ctx) },
  });
  if (!row) return null;
  const read = await reader(ctx, [row]);
  const { customer_id } = row;
  return customer_id === null
    ? read(row, null)
    : read(row, fromUuid("cus", customer_id));
}

/** Whether an address has an invitation that can still be accepted. */
export async function hasPendingInvitation(
  ctx: Ctx,
  email: string,
): Promise<boolean> {
  const where = { email, ...pending(ctx) };
  return (await ctx.db.invitation.count({ where, take: 1 })) > 0;
}

/** Use an invitation up; of several callers at once, one succeeds. */
export async function acceptInvitationRow(
  tx: TxCtx,
  id: string,
): Promise<boolean> {
  const { count } = await tx.db.invitation.updateMany({
    where: { id: toUuid(id), ...pending(tx) },
    data: { accepted_at: tx.now() },
  });
  return count === 1;
}

/** Give an invitation the hash of a new link, in place of the last. Null when it is closed. */
export async function renewInvitation(tx: TxCtx, id: string, hash: Buffer) {
  const [row] = await tx.db.invitation.updateManyAndReturn({
    where: { id: toUuid(id), ...pending(tx) },
    data: { hash: new Uint8Array(hash) },
    include: { customer: { select: { company_name: true, full_name: true } } },
  });
  if (!row) return null;
  const { customer } = row;
  const place = row.customer_id && fromUuid("cus", row.customer_id);
  const { email, role, invited_by } = (await reader(tx, [row]))(row, place);
  return {
    email,
    role,
    inviter: invited_by,
    customerName: customer && (customer.company_name ?? customer.full_name),
    expiresAt: row.expires_at,
  };
}

async function findInvitation<P extends Place>(
  ctx: Ctx,
  place: P,
  id: string,
): Promise<InvitationAt<P> | null> {
  const row = await ctx.db.invitation.findFirst({
    where: { id: toUuid(id), ...at(place) },
  });
  return row && (await reader(ctx, [row]))(row, place);
}

type Row = Prisma.InvitationGetPayload<object>;

/** Reads rows, with the names of those who invited. */
async function reader(ctx: Ctx, rows: Row[]) {
  const ids = rows.flatMap(({ invited_by }) => invited_by ?? []);
  const people = await ctx.db.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, full_name: true },
  });
  const names = new Map(people.map(({ id, full_name }) => [id, full_name]));
  return <P extends Place>(row: Row, place: P): InvitationAt<P> => ({
    id: fromUuid("inv", row.id),
    email: row.email,
    full_name: row.full_name,
    customer_id: place,
    // Safe: CHECK constraints give each place its own kind of role.
    role: (row.staff_role ?? row.customer_role) as RoleAt<P>,
    status: statusOf(row, ctx.now()),
    is_expired: row.expires_at <= ctx.now(),
    invited_by: names.get(row.invited_by ?? "") ?? null,
    expires_at: row.expires_at.toISOString(),
    created_at: row.created_at.toISOString(),
  });
}

function statusOf(row: Row, now: Date): InvitationStatus {
  if (row.accepted_at) return "accepted";
  if (row.revoked_at) return "revoked";
  return row.expires_at > now ? "pending" : "expired";
}
