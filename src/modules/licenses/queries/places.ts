import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import { pageWindow, type PageQuery } from "@/shared/page";
import type { Device, Domain } from "../contract/places";

type Found<T> = { items: T[]; total: number };

export async function findDomains(
  ctx: Ctx,
  customerId: string,
  page: PageQuery,
): Promise<Found<Domain>> {
  const where = { customer_id: toUuid(customerId) };
  const [rows, total] = await Promise.all([
    ctx.db.domain.findMany({
      where,
      orderBy: { name: "asc" },
      ...pageWindow(page),
    }),
    ctx.db.domain.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map(toDomain), total };
}

/** Null when the customer has it already. */
export async function insertDomain(
  tx: TxCtx,
  customerId: string,
  domain: { name: string; note: string | null },
): Promise<Domain | null> {
  const id = toUuid(newId("dom"));
  const customer_id = toUuid(customerId);
  const made = await tx.db.domain.createMany({
    data: { id, customer_id, ...domain, created_at: tx.now() },
    skipDuplicates: true,
  });
  if (made.count === 0) return null;
  return toDomain(await tx.db.domain.findUniqueOrThrow({ where: { id } }));
}

/** The domain that was there, or null. */
export async function deleteDomain(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<Domain | null> {
  const where = { id: toUuid(id), customer_id: toUuid(customerId) };
  const row = await tx.db.domain.findFirst({ where });
  if (!row) return null;
  await tx.db.domain.delete({ where });
  return toDomain(row);
}

export async function findDevices(
  ctx: Ctx,
  customerId: string,
  page: PageQuery,
): Promise<Found<Device>> {
  const where = { customer_id: toUuid(customerId) };
  const [rows, total] = await Promise.all([
    ctx.db.device.findMany({
      where,
      orderBy: { id: "desc" },
      ...pageWindow(page),
    }),
    ctx.db.device.count({ where, take: 10_001 }),
  ]);
  return { items: rows.map(toDevice), total };
}

/** Null when the customer has one with this identifier already. */
export async function insertDevice(
  tx: TxCtx,
  customerId: string,
  device: { name: string; identifier: string; kind: string },
): Promise<Device | null> {
  const id = toUuid(newId("dev"));
  const customer_id = toUuid(customerId);
  const made = await tx.db.device.createMany({
    data: { id, customer_id, ...device, created_at: tx.now() },
    skipDuplicates: true,
  });
  if (made.count === 0) return null;
  return toDevice(await tx.db.device.findUniqueOrThrow({ where: { id } }));
}

/** The device that was there, or null. */
export async function deleteDevice(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<Device | null> {
  const where = { id: toUuid(id), customer_id: toUuid(customerId) };
  const row = await tx.db.device.findFirst({ where });
  if (!row) return null;
  await tx.db.device.delete({ where });
  return toDevice(row);
}

function toDomain(row: Prisma.DomainGetPayload<object>): Domain {
  return {
    id: fromUuid("dom", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    name: row.name,
    note: row.note,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

function toDevice(row: Prisma.DeviceGetPayload<object>): Device {
  return {
    id: fromUuid("dev", row.id),
    customer_id: fromUuid("cus", row.customer_id),
    name: row.name,
    identifier: row.identifier,
    kind: row.kind,
    last_seen_at: row.last_seen_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
