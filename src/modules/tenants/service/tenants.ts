import { assertUnchanged } from "@/modules/audit";
import { getVisibleCustomer, holdCustomer } from "@/modules/customers";
import { settings } from "@/modules/settings";
import { getSubscription } from "@/modules/subscriptions";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { randomText } from "@/shared/ids";
import { toPage } from "@/shared/page";
import type {
  AdoptInput,
  Tenant,
  TenantInput,
  TenantPatch,
  TenantQuery,
} from "../contract";
import { driverOfNew } from "../drivers/drivers";
import type { Driver } from "../driver";
import { findBackup, type StoredBackup } from "../queries/backups";
import {
  findBySubdomain,
  findTenant,
  findTenants,
  insertTenant,
  isTaken,
  lockTenant,
  newTenantId,
  updateTenant,
  type StoredTenant,
} from "../queries/tenants";
import { normalSubdomain, subdomainProblem } from "../subdomain";
import { subscriptionWithAccess } from "./billing";
import { assertRoom } from "./limits";
import { sealAdmin } from "./place";
import { shown, shownAll, urlOf } from "./shown";
import { assertIdle, startJob } from "./start";
import { startTermination } from "./terminate";
import { toldOfTenant } from "./told";

/** Tenants that the actor may see, newest first. Needs tenants:read. */
export async function listTenants(ctx: Ctx, query: TenantQuery) {
  authorize(ctx, "tenants:read");
  const wanted = query.customer_id ?? owned(ctx);
  if (wanted) await getVisibleCustomer(ctx, wanted);
  const { items, total } = await findTenants(ctx, wanted, query);
  return toPage(query, await shownAll(ctx, items), total, total <= 10_000);
}

/** A tenant by public id. Needs tenants:read; throws NOT_FOUND. */
export async function getTenant(ctx: Ctx, id: string): Promise<Tenant> {
  authorize(ctx, "tenants:read");
  return shown(ctx, await readTenant(ctx, id));
}

/** The same for the verbs beside this one, which have authorised. */
export async function readTenant(ctx: Ctx, id: string): Promise<StoredTenant> {
  const tenant = await findTenant(ctx, id, owned(ctx));
  if (!tenant) throw notFound("tenant");
  return tenant;
}

/** The same, locked until the transaction ends. Throws NOT_FOUND. */
export async function holdTenant(tx: TxCtx, id: string): Promise<StoredTenant> {
  const tenant = await lockTenant(tx, id, owned(tx));
  if (!tenant) throw notFound("tenant");
  return tenant;
}

/** Whether a subdomain can be had, and how it would be stored. Needs tenants:read. */
export async function checkSubdomain(ctx: Ctx, typed: string) {
  authorize(ctx, "tenants:read");
  const { domain, reserved } = (await settings(ctx)).tenants;
  const subdomain = normalSubdomain(typed);
  const problem =
    subdomainProblem(subdomain, reserved) ??
    ((await findBySubdomain(ctx, subdomain)) ? takenWords : null);
  const url = problem ? null : urlOf(subdomain, domain);
  return { subdomain, is_available: problem === null, problem, url };
}

/**
 * Create a tenant: its row and the job that makes it. Needs tenants:write; throws NOT_FOUND,
 * CONFLICT, VALIDATION_FAILED.
 */
export async function createTenant(
  ctx: Ctx,
  input: TenantInput,
): Promise<Tenant> {
  authorize(ctx, "tenants:write", "tenants");
  const driver = driverOfNew();
  const password = randomText(24);
  const made = await insert(
    ctx,
    driver,
    input,
    async (tx, tenant) => {
      const modules = [...new Set(input.modules)];
      await startJob(tx, "provision", { modules }, null, tenant);
    },
    (id, subdomain) => ({
      ref: driver.refOf(id, subdomain),
      password,
      isAdopted: false,
    }),
  );
  return shown(ctx, made);
}

/** Take over an instance that exists. Needs tenants:write, of staff; throws as createTenant. */
export async function adoptTenant(
  ctx: Ctx,
  input: AdoptInput,
): Promise<Tenant> {
  authorize(ctx, "tenants:write");
  const driver = driverOfNew();
  if (!driver.mayAdopt(input.ref))
    throw invalid([
      { field: "body.ref", message: "is not a tenant's: it cannot be adopted" },
    ]);
  const made = await insert(
    ctx,
    driver,
    input,
    async (tx, tenant) => {
      await startJob(tx, "adopt", {}, null, tenant);
    },
    () => ({
      ref: input.ref,
      password: input.admin_password ?? null,
      isAdopted: true,
    }),
  );
  return shown(ctx, made);
}

/** Change a tenant's name or metadata. Needs tenants:write; throws NOT_FOUND. */
export async function changeTenant(
  ctx: Ctx,
  id: string,
  { name, metadata }: TenantPatch,
): Promise<Tenant> {
  authorize(ctx, "tenants:write", "tenants");
  const changed = await transaction(ctx, async (tx) => {
    const before = await holdTenant(tx, id);
    await assertUnchanged(tx, "tenant", before);
    const after = await updateTenant(tx, id, {
      ...(name !== undefined && { name }),
      ...(metadata !== undefined && { metadata }),
    });
    await toldOfTenant(tx, "tenant.updated", before, after);
    return after;
  });
  return shown(ctx, changed);
}

/** Delete a tenant, after a last backup. Needs tenants:write; throws NOT_FOUND, CONFLICT. */
export async function removeTenant(ctx: Ctx, id: string): Promise<Tenant> {
  authorize(ctx, "tenants:write", "tenants");
  const removed = await transaction(ctx, async (tx) => {
    const before = await holdTenant(tx, id);
    await assertUnchanged(tx, "tenant", before);
    await assertIdle(tx, before);
    if (before.status === "deleted" || before.status === "failed")
      throw new DomainError(
        "CONFLICT",
        "There is nothing left of it to delete.",
      );
    return startTermination(tx, before);
  });
  return shown(ctx, removed);
}

const takenWords = "is taken; choose another one";

type Identity = { ref: string; password: string | null; isAdopted: boolean };

async function insert(
  ctx: Ctx,
  driver: Driver,
  input: TenantInput | AdoptInput,
  begin: (tx: TxCtx, tenant: StoredTenant) => Promise<void>,
  identityOf: (id: string, subdomain: string) => Identity,
): Promise<StoredTenant> {
  const customerId = input.customer_id ?? owned(ctx);
  if (!customerId)
    throw invalid([{ field: "body.customer_id", message: "is required" }]);
  await getVisibleCustomer(ctx, customerId);
  const subdomain = normalSubdomain(input.subdomain);
  const { reserved } = (await settings(ctx)).tenants;
  const problem = subdomainProblem(subdomain, reserved);
  if (problem) throw invalid([{ field: "body.subdomain", message: problem }]);
  try {
    return await transaction(ctx, async (tx) => {
      const customer = await holdCustomer(tx, customerId);
      if (customer.status === "archived" || customer.status === "suspended")
        throw new DomainError(
          "CONFLICT",
          `${customer.name} is ${customer.status}. Make it active before it gets a tenant.`,
        );
      await assertRoom(tx, customerId);
      const id = newTenantId();
      const { ref, password, isAdopted } = identityOf(id, subdomain);
      const tenant = await insertTenant(tx, {
        ...{ id, customerId, subdomain, ref, isAdopted, driver: driver.name },
        subscriptionId: await subscriptionFor(tx, customerId, input),
        name: input.name ?? subdomain,
        adminEmail: input.admin_email ?? customer.email,
        adminSecret: password ? sealAdmin(id, password) : null,
        metadata: "metadata" in input ? (input.metadata ?? {}) : {},
      });
      await begin(tx, tenant);
      return tenant;
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new DomainError("CONFLICT", `${subdomain} ${takenWords}.`, {
      fields: [{ field: "body.subdomain", message: takenWords }],
    });
  }
}

async function subscriptionFor(
  tx: TxCtx,
  customerId: string,
  { subscription_id }: { subscription_id?: string | null | undefined },
): Promise<string | null> {
  if (subscription_id === null && !owned(tx)) return null;
  if (!subscription_id) return subscriptionWithAccess(tx, customerId);
  const reader: Ctx = { ...tx, actor: { kind: "system", name: "tenants" } };
  const found = await getSubscription(reader, subscription_id);
  if (found.customer_id !== customerId) throw notFound("subscription");
  return found.id;
}

/** A backup that can be restored or taken away. Throws NOT_FOUND, CONFLICT. */
export async function getReadyBackup(
  ctx: Ctx,
  tenantId: string,
  id: string,
): Promise<StoredBackup> {
  const backup = await findBackup(ctx, tenantId, id);
  if (!backup || backup.status === "deleted") throw notFound("backup");
  if (backup.status === "ready") return backup;
  throw new DomainError(
    "CONFLICT",
    backup.status === "running"
      ? "The backup is still being made. Wait until it is ready."
      : "The backup failed. Choose another one.",
  );
}
