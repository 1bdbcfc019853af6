import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { uniqueViolation } from "@/platform/db/failures";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import type { DriverName, TenantQuery, TenantStatus } from "../contract";

/** A tenant as its table holds it; money, names and limits of other modules are added later. */
export type StoredTenant = {
  id: string;
  customer_id: string;
  subscription_id: string | null;
  name: string;
  subdomain: string;
  driver: DriverName;
  ref: string;
  status: TenantStatus;
  admin_email: string;
  is_adopted: boolean;
  version: string | null;
  users: number | null;
  storage_bytes: number | null;
  measured_at: string | null;
  suspended_by: "staff" | "billing" | null;
  suspended_at: string | null;
  suspend_reason: string | null;
  terminate_at: string | null;
  metadata: Record<string, unknown>;
  ready_at: string | null;
  deleted_at: string | null;
  created_at: string;
  updated_at: string;
};

export type NewTenant = {
  id: string;
  customerId: string;
  subscriptionId: string | null;
  name: string;
  subdomain: string;
  driver: DriverName;
  ref: string;
  adminEmail: string;
  adminSecret: Uint8Array<ArrayBuffer> | null;
  isAdopted: boolean;
  metadata: Prisma.InputJsonObject;
};

export type TenantChange = Prisma.TenantUncheckedUpdateInput;

export const newTenantId = () => newId("tnt");

/** Null when the subdomain, or the ref, is somebody's: in a transaction of its own to be. */
export async function insertTenant(
  tx: TxCtx,
  tenant: NewTenant,
): Promise<StoredTenant> {
  const row = await tx.db.tenant.create({
    data: {
      id: toUuid(tenant.id),
      customer_id: toUuid(tenant.customerId),
      subscription_id: tenant.subscriptionId && toUuid(tenant.subscriptionId),
      name: tenant.name,
      subdomain: tenant.subdomain,
      driver: tenant.driver,
      ref: tenant.ref,
      status: "provisioning",
      admin_email: tenant.adminEmail,
      admin_secret: tenant.adminSecret,
      is_adopted: tenant.isAdopted,
      metadata: tenant.metadata,
      created_at: tx.now(),
      updated_at: tx.now(),
    },
  });
  return toTenant(row);
}

/** Whether a write ran into a subdomain or a ref that is taken. */
export function isTaken(error: unknown): boolean {
  return /tenants_(subdomain|ref)_taken|subdomain|"ref"/.test(
    uniqueViolation(error) ?? "",
  );
}

export async function findBySubdomain(
  ctx: Ctx,
  subdomain: string,
): Promise<StoredTenant | null> {
  const row = await ctx.db.tenant.findFirst({
    where: { subdomain, status: { notIn: ["failed", "deleted"] } },
  });
  return row && toTenant(row);
}

/** One page of tenants, newest first. */
export async function findTenants(
  ctx: Ctx,
  owner: string | null,
  query: TenantQuery,
): Promise<{ items: StoredTenant[]; total: number }> {
  // A percent sign or an underline stands for itself.
  const part = (query.search ?? "").replace(/[\\%_]/g, "\\$&");
  const contains = { contains: part, mode: "insensitive" } as const;
  const where: Prisma.TenantWhereInput = {
    ...(owner && { customer_id: toUuid(owner) }),
    ...(query.status
      ? { status: query.status }
      : query.include_deleted !== "true" && { status: { not: "deleted" } }),
    ...(part !== "" && { OR: [{ name: contains }, { subdomain: contains }] }),
  };
  const [rows, total] = await Promise.all([
    ctx.db.tenant.findMany({
      where,
      orderBy: { id: "desc" },
      ...pageWindow(query),
    }),
    ctx.db.tenant.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map(toTenant), total };
}

/** The tenant, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findTenant(
  ctx: Ctx,
  id: string,
  owner: string | null,
): Promise<StoredTenant | null> {
  const row = await ctx.db.tenant.findFirst({
    where: { id: toUuid(id), ...(owner && { customer_id: toUuid(owner) }) },
  });
  return row && toTenant(row);
}

/** The same, locked until the transaction ends. */
export async function lockTenant(
  tx: TxCtx,
  id: string,
  owner: string | null,
): Promise<StoredTenant | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM tenants WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findTenant(tx, id, owner);
}

export async function updateTenant(
  tx: TxCtx,
  id: string,
  change: TenantChange,
): Promise<StoredTenant> {
  const row = await tx.db.tenant.update({
    where: { id: toUuid(id) },
    data: { ...change, updated_at: tx.now() },
  });
  return toTenant(row);
}

/** The same of what the driver says of it: no new version for who edits it. */
export async function noteTenant(
  ctx: Ctx,
  id: string,
  { users, storageBytes, version }: NonNullable<Measured>,
): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE tenants SET users = ${users}, storage_bytes = ${storageBytes}, version = ${version},
      measured_at = ${ctx.now()} WHERE id = ${toUuid(id)}::uuid`;
}
type Measured = {
  users: number | null;
  storageBytes: bigint | null;
  version: string | null;
};

/** The sealed secret of the first person, and how far the log was read. */
export async function findHidden(
  ctx: Ctx,
  id: string,
): Promise<{ secret: Uint8Array | null; logCursor: bigint }> {
  const row = await ctx.db.tenant.findUnique({
    where: { id: toUuid(id) },
    select: { admin_secret: true, log_cursor: true },
  });
  return {
    secret: row?.admin_secret ?? null,
    logCursor: row?.log_cursor ?? 0n,
  };
}

export async function setLogCursor(
  ctx: Ctx,
  id: string,
  cursor: bigint,
): Promise<void> {
  await ctx.db
    .$executeRaw`UPDATE tenants SET log_cursor = ${cursor} WHERE id = ${toUuid(id)}::uuid`;
}

/** Tenants of a customer that count: those that are there, or are being made or taken away. */
export async function countTenants(
  ctx: Ctx,
  customerId: string,
): Promise<number> {
  return ctx.db.tenant.count({
    where: {
      customer_id: toUuid(customerId),
      status: { notIn: ["failed", "deleted"] },
    },
  });
}

type Which = {
  customerId?: string;
  subscriptionId?: string;
  statuses: TenantStatus[];
  /** those whose end has come */
  isDue?: boolean;
  after?: string;
};

/** Ids of tenants in order, at most a hundred after `after`. */
export async function findTenantIds(ctx: Ctx, which: Which): Promise<string[]> {
  const { customerId, subscriptionId, statuses, isDue, after } = which;
  const rows = await ctx.db.tenant.findMany({
    where: {
      status: { in: statuses },
      ...(customerId && { customer_id: toUuid(customerId) }),
      ...(subscriptionId && { subscription_id: toUuid(subscriptionId) }),
      ...(isDue && { terminate_at: { lte: ctx.now() } }),
      ...(after && { id: { gt: toUuid(after) } }),
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take: 100,
  });
  return rows.map(({ id }) => fromUuid("tnt", id));
}

type Row = Prisma.TenantGetPayload<object>;

function toTenant(row: Row): StoredTenant {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: fromUuid("tnt", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    subscription_id:
      row.subscription_id && fromUuid("sub", row.subscription_id),
    name: row.name,
    subdomain: row.subdomain,
    driver: row.driver as DriverName, // Safe, as the two below: CHECK constraints.
    ref: row.ref,
    status: row.status as TenantStatus,
    admin_email: row.admin_email,
    is_adopted: row.is_adopted,
    version: row.version,
    users: row.users,
    storage_bytes:
      row.storage_bytes === null ? null : Number(row.storage_bytes),
    measured_at: iso(row.measured_at),
    suspended_by: row.suspended_by as StoredTenant["suspended_by"],
    suspended_at: iso(row.suspended_at),
    suspend_reason: row.suspend_reason,
    terminate_at: iso(row.terminate_at),
    metadata: row.metadata as StoredTenant["metadata"], // Safe: written as an object.
    ready_at: iso(row.ready_at),
    deleted_at: iso(row.deleted_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
