import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow } from "@/shared/page";
import { addSeconds } from "@/shared/time";
import type { License, LicenseInterval, LicenseQuery } from "../contract";
import { keyPrefix } from "../license-key";
import { statusNow } from "../verdict";

/** A license as its table holds it; names of other modules are added by the service. */
export type StoredLicense = Omit<License, "customer_name" | "plan"> & {
  plan_version_id: string | null;
  /** whether its customer's total of active licenses has it: a timer notes an end later */
  is_counted: boolean;
};

export type NewLicense = {
  customerId: string;
  subscriptionId: string | null;
  planVersionId: string | null;
  name: string;
  now: Date;
  key: string;
  isPending: boolean;
  interval: LicenseInterval;
  validDays: number | null;
  expiresAt: Date | null;
  allowed: LicenseChange;
};

/** Columns that a change may set. */
export type LicenseChange = {
  name?: string;
  max_machines?: number | null;
  max_domains?: number | null;
  is_floating?: boolean;
  lease_seconds?: number;
  churn_limit?: number | null;
  quotas?: Prisma.InputJsonObject;
  metadata?: Prisma.InputJsonObject;
  customer_id?: string;
  subscription_id?: string | null;
  status?: License["status"];
  suspended_by?: License["suspended_by"];
  suspended_at?: Date | null;
  activated_at?: Date;
  expires_at?: Date | string | null;
  revoked_at?: Date;
  reminded_days?: number | null;
};

export async function insertLicense(
  tx: TxCtx,
  license: NewLicense,
): Promise<StoredLicense> {
  const row = await tx.db.license.create({
    data: {
      id: toUuid(newId("lic")),
      ...license.allowed,
      customer_id: toUuid(license.customerId),
      subscription_id: license.subscriptionId && toUuid(license.subscriptionId),
      plan_version_id: license.planVersionId && toUuid(license.planVersionId),
      name: license.name,
      key: license.key,
      status: license.isPending ? "pending" : "active",
      interval: license.interval,
      starts_on_activation: license.isPending,
      valid_days: license.validDays,
      activated_at: license.isPending ? null : license.now,
      expires_at: license.expiresAt,
      created_at: license.now,
    },
  });
  return toLicense(row, { machines: 0, domains: 0 }, tx.now());
}

/** Whose licenses are looked for, and of which versions of a plan; null: of any. */
export type LicenseScope = {
  owner: string | null;
  planVersionIds: string[] | null;
};

/** One page of licenses, newest first. */
export async function findLicenses(
  ctx: Ctx,
  scope: LicenseScope,
  query: LicenseQuery,
): Promise<{ items: StoredLicense[]; total: number }> {
  const where = toWhere(query, scope, ctx.now());
  const [rows, total] = await Promise.all([
    ctx.db.license.findMany({
      where,
      orderBy: { id: "desc" },
      ...pageWindow(query),
    }),
    ctx.db.license.count({ where, take: 10_001 }),
  ]);
  return { items: await withUse(ctx, rows), total };
}

/** The license, unless it belongs to somebody other than `owner` (null: anybody's). */
export async function findLicense(
  ctx: Ctx,
  id: string,
  owner: string | null,
): Promise<StoredLicense | null> {
  const row = await ctx.db.license.findFirst({
    where: { id: toUuid(id), ...(owner && { customer_id: toUuid(owner) }) },
  });
  const [license] = row ? await withUse(ctx, [row]) : [];
  return license ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockLicense(
  tx: TxCtx,
  id: string,
  owner: string | null,
): Promise<StoredLicense | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM licenses WHERE id = ${toUuid(id)}::uuid FOR UPDATE`;
  return findLicense(tx, id, owner);
}

/** The license of a key, locked; null for an unknown one. */
export async function lockLicenseOfKey(
  tx: TxCtx,
  key: string | null,
): Promise<StoredLicense | null> {
  const [found] = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM licenses WHERE key = ${key} FOR UPDATE`;
  return found ? findLicense(tx, fromUuid("lic", found.id), null) : null;
}

export async function updateLicense(
  tx: TxCtx,
  id: string,
  change: LicenseChange,
): Promise<StoredLicense> {
  const { customer_id, subscription_id, ...rest } = change;
  const row = await tx.db.license.update({
    where: { id: toUuid(id) },
    data: {
      ...rest,
      ...(customer_id !== undefined && { customer_id: toUuid(customer_id) }),
      ...(subscription_id !== undefined && {
        subscription_id: subscription_id && toUuid(subscription_id),
      }),
      // A new end is told of anew.
      ...("expires_at" in rest && { reminded_days: null }),
      updated_at: tx.now(),
    },
  });
  const [license] = await withUse(tx, [row]);
  if (!license) throw new Error("A row that was written is gone");
  return license;
}

type Row = Prisma.LicenseGetPayload<object>;
type Use = { machines: number; domains: number };

async function withUse(ctx: Ctx, rows: Row[]): Promise<StoredLicense[]> {
  const now = ctx.now();
  const counted = await ctx.db.activation.groupBy({
    by: ["license_id", "kind"],
    where: {
      license_id: { in: rows.map(({ id }) => id) },
      freed_at: null,
      OR: [{ expires_at: null }, { expires_at: { gt: now } }],
    },
    _count: true,
  });
  const countOf = (id: string, kind: string) =>
    counted.find((one) => one.license_id === id && one.kind === kind)?._count ??
    0;
  return rows.map((row) =>
    toLicense(
      row,
      {
        machines: countOf(row.id, "machine"),
        domains: countOf(row.id, "domain"),
      },
      now,
    ),
  );
}

function toWhere(
  { status, search, expires_within_days: days }: LicenseQuery,
  { owner, planVersionIds }: LicenseScope,
  now: Date,
): Prisma.LicenseWhereInput {
  const prefix = keyPrefix(search ?? "");
  // A percent sign or an underline stands for itself.
  const part = (search ?? "").replace(/[\\%_]/g, "\\$&");
  return {
    ...(owner && { customer_id: toUuid(owner) }),
    AND: [
      status ? ofStatus(status, now) : {},
      days === undefined ? {} : endingWithin(days, now),
    ],
    ...(planVersionIds && {
      plan_version_id: { in: planVersionIds.map(toUuid) },
    }),
    ...(part !== "" && {
      OR: [
        ...(prefix === "" ? [] : [{ key: { startsWith: prefix } }]),
        { name: { contains: part, mode: "insensitive" } },
      ],
    }),
  };
}

function endingWithin(days: number, now: Date): Prisma.LicenseWhereInput {
  const until = addSeconds(now, days * 24 * 60 * 60);
  return { status: "active", expires_at: { gt: now, lte: until } };
}

// As statusNow() has it.
function ofStatus(
  status: License["status"],
  now: Date,
): Prisma.LicenseWhereInput {
  if (status === "active")
    return {
      status,
      AND: { OR: [{ expires_at: null }, { expires_at: { gt: now } }] },
    };
  if (status === "expired")
    return {
      AND: { OR: [{ status }, { status: "active", expires_at: { lte: now } }] },
    };
  return { status };
}

function toLicense(row: Row, use: Use, now: Date): StoredLicense {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  const expires_at = iso(row.expires_at);
  // Safe: CHECK constraints.
  const status = row.status as License["status"];
  return {
    id: fromUuid("lic", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    subscription_id:
      row.subscription_id && fromUuid("sub", row.subscription_id),
    plan_version_id:
      row.plan_version_id && fromUuid("plv", row.plan_version_id),
    name: row.name,
    key: row.key,
    status: statusNow({ status, expires_at }, now),
    is_counted: status === "active",
    interval: row.interval as LicenseInterval, // Safe: a CHECK constraint.
    max_machines: row.max_machines,
    max_domains: row.max_domains,
    ...use,
    is_floating: row.is_floating,
    lease_seconds: row.lease_seconds,
    churn_limit: row.churn_limit,
    quotas: row.quotas as License["quotas"], // Safe: written as the contract has it.
    starts_on_activation: row.starts_on_activation,
    valid_days: row.valid_days,
    suspended_by: row.suspended_by as License["suspended_by"], // Safe: a CHECK constraint.
    activated_at: iso(row.activated_at),
    expires_at,
    suspended_at: iso(row.suspended_at),
    revoked_at: iso(row.revoked_at),
    last_validated_at: iso(row.last_validated_at),
    metadata: row.metadata as License["metadata"], // Safe: written as an object.
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
