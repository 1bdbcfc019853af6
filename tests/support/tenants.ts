import { setCustomerFeatures } from "@/modules/limits";
import { createTenant, listBackups } from "@/modules/tenants";
import type { Tenant, TenantInput } from "@/modules/tenants/contract";
import { tenantsJobs } from "@/modules/tenants/jobs";
import type { Ctx } from "@/platform/context";
import { ownDatabase } from "@/platform/databases";
import { prisma } from "@/platform/db";
import { systemCtx } from "@/platform/jobs";
import type { Endpoint } from "@/shared/endpoint";
import { newId, randomText, toUuid } from "@/shared/ids";
import { connect, dropDatabase } from "../../scripts/lib/database-client.mjs";
import type { TestDatabase } from "./database";
import { customer } from "./world";

const made = ["tenant_id", "backup_id", "module_name"];

/** Whether a path's parameter names a thing of the module of tenants. */
export function isOfTenants(name: string): boolean {
  return made.includes(name);
}

/** Let a customer have as many tenants as it likes. */
export async function allowTenants(
  ctx: Ctx,
  customerId: string,
  features: Record<string, number | boolean> = { tenants: true },
): Promise<void> {
  await setCustomerFeatures(ctx, customerId, {
    features: Object.entries(features).map(([feature, value]) => ({
      kind: "static" as const,
      ...{ feature, value },
    })),
  });
}

/** Have the body of a call name what nobody has, for a customer who may have it. */
export async function readyForTenant(
  ctx: Ctx,
  body: Record<string, unknown>,
): Promise<void> {
  body["subdomain"] = subdomain();
  if ("ref" in body) body["ref"] = subdomain();
  await allowTenants(ctx, String(body["customer_id"]));
}

/** A subdomain that nobody has. */
export const subdomain = () => `t${randomText(12).toLowerCase()}`;

/** The id of such a thing, in the state that the endpoint wants, of what the path names before. */
export async function tenantThing(
  ctx: Ctx,
  name: string,
  endpoint: Endpoint,
  placed: Record<string, string>,
): Promise<string> {
  const tenantId = placed["tenant_id"] ?? "";
  if (name === "backup_id") return readyBackup(tenantId, endpoint);
  if (name === "module_name") return installedModule(tenantId);
  const owner = placed["customer_id"] ?? (await customer(ctx)).id;
  const status = endpoint.id === "tenants.unsuspend" ? "suspended" : "active";
  return tenantRow(owner, status);
}

/** A tenant of rows alone, for what only writes what a job is to do, where no job runs. */
export async function tenantRow(
  customerId: string,
  status: string,
): Promise<string> {
  const id = newId("tnt");
  await prisma().tenant.create({
    data: {
      ...{ id: toUuid(id), customer_id: toUuid(customerId), status },
      ...{ name: "Test", subdomain: subdomain(), driver: "sandbox" },
      ...{ ref: `none_${id}`, admin_email: "a@example.com" },
      ...(status === "suspended" && { suspended_by: "staff" }),
      ready_at: new Date(),
    },
  });
  await prisma().tenantModule.create({
    data: {
      ...{ tenant_id: toUuid(id), name: "sales", title: "Sales" },
      is_installed: false,
    },
  });
  return id;
}

async function readyBackup(
  tenantId: string,
  endpoint: Endpoint,
): Promise<string> {
  const id = newId("tbk");
  // Some database that there is, where one is read.
  const ref =
    endpoint.id === "tenants.downloadBackup" ? ownDatabase() : `none_${id}`;
  await prisma().tenantBackup.create({
    data: {
      ...{ id: toUuid(id), tenant_id: toUuid(tenantId), kind: "manual" },
      ...{ status: "ready", ref, ready_at: new Date() },
    },
  });
  return id;
}

async function installedModule(tenantId: string): Promise<string> {
  const name = `m_${randomText(8).toLowerCase()}`;
  await prisma().tenantModule.create({
    data: {
      ...{ tenant_id: toUuid(tenantId), name, title: name },
      is_installed: true,
    },
  });
  return name;
}

/** A tenant to be made, of a new customer unless said. */
export async function newTenant(
  ctx: Ctx,
  input: Partial<TenantInput> = {},
): Promise<Tenant> {
  const customer_id = input.customer_id ?? (await customer(ctx)).id;
  return createTenant(ctx, {
    ...{ customer_id, subdomain: subdomain(), modules: [] },
    ...input,
  });
}

/** Have a timer of tenants go off. */
export async function runTenantTimer(name: string, ctx?: Ctx): Promise<void> {
  const timer = tenantsJobs.timers?.find((one) => one.name === name);
  if (!timer) throw new Error(`There is no timer ${name}`);
  await timer.run(ctx ?? systemCtx(name));
}

/** What there is on the server of the sandbox that belongs to this file's tenants. */
export async function tenantDatabases(
  database: TestDatabase,
): Promise<string[]> {
  const ids = await database.query<{ id: string }>(
    `SELECT replace(id::text, '-', '') AS id FROM tenants UNION ALL
     SELECT replace(id::text, '-', '') FROM tenant_backups UNION ALL
     SELECT replace(id::text, '-', '') FROM tenant_jobs`,
  );
  const ours = new Set(ids.map(({ id }) => id));
  const rows = await database.query<{ name: string }>(
    "SELECT datname AS name FROM pg_database WHERE datname LIKE 'tk\\_%' ORDER BY datname",
  );
  return rows
    .map(({ name }) => name)
    .filter((name) => ours.has(name.split("_").at(-1) ?? ""));
}

/** Have all of it dropped at the end of the file, when the file's own database is gone already. */
export function useTenantDatabases(database: TestDatabase): void {
  let names: string[] = [];
  afterEach(async () => {
    names = await tenantDatabases(database);
  });
  afterAll(async () => {
    const client = await connect(process.env["TEST_DATABASE_SERVER"] ?? "");
    for (const name of names) await dropDatabase(client, name);
    await client.end();
  });
}

/** Ask a tenant's own database. */
export async function inTenant<T extends object>(
  database: TestDatabase,
  ref: string,
  sql: string,
): Promise<T[]> {
  const url = new URL(database.url);
  url.pathname = `/${ref}`;
  const client = await connect(url.href);
  try {
    return (await client.query(sql)).rows as T[]; // Safe: the test says what it asks for.
  } finally {
    await client.end();
  }
}

/** The newest backup of a tenant. */
export async function newestBackup(ctx: Ctx, tenantId: string) {
  const { items } = await listBackups(ctx, tenantId, {});
  const [newest] = items;
  if (!newest) throw new Error("There is no backup");
  return newest;
}
