import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow, type PageQuery } from "@/shared/page";
import { statusOf } from "./key-status";
import type { Key } from "./contract";

/** A key as its table holds it; what belongs to other modules is added by the service. */
export type StoredKey = Omit<Key, "customer_name" | "limits"> & {
  lineage_id: string;
};

export type NewKey = {
  customerId: string;
  name: string;
  prefix: string;
  lastFour: string;
  hash: Buffer;
  metadata: Prisma.InputJsonObject;
  allowedIps: string[];
  expiresAt: string | null;
  predecessor: { id: string; lineageId: string } | null;
};

export async function insertKey(tx: TxCtx, key: NewKey): Promise<StoredKey> {
  const id = newId("key");
  const { predecessor } = key;
  const row = await tx.db.apiKey.create({
    data: {
      id: toUuid(id),
      customer_id: toUuid(key.customerId),
      name: key.name,
      prefix: key.prefix,
      last_four: key.lastFour,
      hash: new Uint8Array(key.hash),
      lineage_id: toUuid(predecessor?.lineageId ?? id),
      rotated_from: predecessor && toUuid(predecessor.id),
      metadata: key.metadata,
      allowed_ips: key.allowedIps,
      expires_at: key.expiresAt,
      created_at: tx.now(),
    },
  });
  return toKey(row, tx.now());
}

export type KeyFilter = { customerId?: string; withRevoked: boolean };

export async function findKeys(
  ctx: Ctx,
  filter: KeyFilter,
  page: PageQuery,
): Promise<{ items: StoredKey[]; total: number }> {
  const where = {
    ...(filter.customerId && { customer_id: toUuid(filter.customerId) }),
    ...(!filter.withRevoked && { revoked_at: null }),
  };
  const [rows, total] = await Promise.all([
    ctx.db.apiKey.findMany({
      where,
      orderBy: { id: "desc" },
      ...pageWindow(page),
    }),
    ctx.db.apiKey.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map((row) => toKey(row, ctx.now())), total };
}

/** The key, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findKey(
  ctx: Ctx,
  id: string,
  owner: string | null,
): Promise<StoredKey | null> {
  const row = await ctx.db.apiKey.findFirst({
    where: { id: toUuid(id), ...(owner && { customer_id: toUuid(owner) }) },
  });
  return row && toKey(row, ctx.now());
}

/** The same, locked until the transaction ends. */
export async function lockKey(
  tx: TxCtx,
  id: string,
  owner: string | null,
): Promise<StoredKey | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM api_keys WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findKey(tx, id, owner);
}

export async function updateKey(
  tx: TxCtx,
  id: string,
  data: {
    name?: string;
    metadata?: Prisma.InputJsonObject;
    allowed_ips?: string[];
    expires_at?: Date | string | null;
    disabled_at?: Date | null;
    revoked_at?: Date;
    rotated_at?: Date;
  },
): Promise<StoredKey> {
  const row = await tx.db.apiKey.update({
    where: { id: toUuid(id) },
    // Also when only the limits changed, which are rows of another table: it is a new version.
    data: { ...data, updated_at: tx.now() },
  });
  return toKey(row, tx.now());
}

/**
 * Whose keys these hashes are: public ids by position, null for an unknown key. Revoked ones are
 * known: what was called before is reported after.
 */
export async function findOwners(
  ctx: Ctx,
  hashes: Buffer[],
): Promise<({ keyId: string; customerId: string } | null)[]> {
  const rows = await ctx.db.apiKey.findMany({
    where: { hash: { in: hashes.map((hash) => new Uint8Array(hash)) } },
    select: { id: true, customer_id: true, hash: true },
  });
  const owners = new Map(
    rows.map((row) => [
      Buffer.from(row.hash).toString("hex"),
      {
        keyId: fromUuid("key", row.id),
        customerId: fromUuid("cus", row.customer_id),
      },
    ]),
  );
  return hashes.map((hash) => owners.get(hash.toString("hex")) ?? null);
}

export async function findKeyNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await ctx.db.apiKey.findMany({
    where: { id: { in: ids.map(toUuid) } },
    select: { id: true, name: true, last_four: true },
  });
  return new Map(
    rows.map(({ id, name, last_four }) => [
      fromUuid("key", id),
      `${name} …${last_four}`,
    ]),
  );
}

export async function countExpiring(
  ctx: Ctx,
  from: Date,
  to: Date,
): Promise<number> {
  const where = { revoked_at: null, expires_at: { gte: from, lt: to } };
  return ctx.db.apiKey.count({ where, take: 1_000 });
}

type Row = Prisma.ApiKeyGetPayload<object>;

function toKey(row: Row, now: Date): StoredKey {
  return {
    id: fromUuid("key", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    name: row.name,
    prefix: row.prefix,
    last_four: row.last_four,
    status: statusOf(row, now),
    allowed_ips: row.allowed_ips,
    metadata: row.metadata as Record<string, unknown>, // Safe: written as an object.
    rotated_from: row.rotated_from && fromUuid("key", row.rotated_from),
    lineage_id: fromUuid("key", row.lineage_id),
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
