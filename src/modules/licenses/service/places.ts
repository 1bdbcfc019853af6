import { record } from "@/modules/audit";
import {
  changeTotals,
  getVisibleCustomer,
  holdCustomer,
} from "@/modules/customers";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toPage } from "@/shared/page";
import type {
  Device,
  DeviceInput,
  Domain,
  DomainInput,
  PlacesQuery,
} from "../contract/places";
import { readDomain } from "../domain-name";
import {
  deleteDevice,
  deleteDomain,
  findDevices,
  findDomains,
  insertDevice,
  insertDomain,
} from "../queries/places";

/** A customer's domains by name. Needs licenses:read; throws NOT_FOUND. */
export async function listDomains(
  ctx: Ctx,
  customerId: string,
  query: PlacesQuery,
) {
  authorize(ctx, "licenses:read");
  await getVisibleCustomer(ctx, customerId);
  const { items, total } = await findDomains(ctx, customerId, query);
  return toPage(query, items, total, total <= 10_000);
}

/** Add a domain. Needs licenses:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED. */
export async function addDomain(
  ctx: Ctx,
  customerId: string,
  { name, note }: DomainInput,
): Promise<Domain> {
  const read = readDomain(name);
  if ("problem" in read)
    throw invalid([{ field: "body.name", message: read.problem }]);
  return place(ctx, customerId, "domain", "added", (tx) =>
    insertDomain(tx, customerId, { name: read.name, note: note ?? null }),
  );
}

/** Remove a domain. Needs licenses:write; throws NOT_FOUND. */
export async function removeDomain(
  ctx: Ctx,
  customerId: string,
  id: string,
): Promise<Domain> {
  return place(ctx, customerId, "domain", "removed", (tx) =>
    deleteDomain(tx, customerId, id),
  );
}

/** A customer's devices, newest first. Needs licenses:read; throws NOT_FOUND. */
export async function listDevices(
  ctx: Ctx,
  customerId: string,
  query: PlacesQuery,
) {
  authorize(ctx, "licenses:read");
  await getVisibleCustomer(ctx, customerId);
  const { items, total } = await findDevices(ctx, customerId, query);
  return toPage(query, items, total, total <= 10_000);
}

/** Add a device. Needs licenses:write; throws NOT_FOUND, CONFLICT. */
export async function addDevice(
  ctx: Ctx,
  customerId: string,
  { name, identifier, kind }: DeviceInput,
): Promise<Device> {
  return place(ctx, customerId, "device", "added", (tx) =>
    insertDevice(tx, customerId, { name, identifier, kind: kind ?? "" }),
  );
}

/** Remove a device. Needs licenses:write; throws NOT_FOUND. */
export async function removeDevice(
  ctx: Ctx,
  customerId: string,
  id: string,
): Promise<Device> {
  return place(ctx, customerId, "device", "removed", (tx) =>
    deleteDevice(tx, customerId, id),
  );
}

// The customer is held, so that its totals and its rows agree.
async function place<T extends Domain | Device>(
  ctx: Ctx,
  customerId: string,
  kind: "domain" | "device",
  done: "added" | "removed",
  write: (tx: TxCtx) => Promise<T | null>,
): Promise<T> {
  authorize(ctx, "licenses:write");
  return transaction(ctx, async (tx) => {
    await holdCustomer(tx, customerId);
    const row = await write(tx);
    if (!row) throw done === "removed" ? notFound(kind) : taken(kind);
    const sign = done === "added" ? 1 : -1;
    await changeTotals(tx, customerId, {
      [kind === "domain" ? "domains_total" : "device_count"]: sign,
    });
    const name = `${kind}.${done}` as const;
    const fields = { ...row };
    await record(tx, {
      action: name,
      target: { kind, id: row.id },
      customerId,
      ...(done === "added" ? { after: fields } : { before: fields }),
    });
    await emit(tx, {
      name,
      payload: { [`${kind}_id`]: row.id, customer_id: customerId },
    });
    return row;
  });
}

function taken(kind: "domain" | "device"): DomainError {
  return new DomainError(
    "CONFLICT",
    `This customer has that ${kind} already. Look for it in the list.`,
  );
}
