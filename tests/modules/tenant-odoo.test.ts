import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { downloadBackup } from "@/modules/tenants";
import { startOdoo, type OdooServer } from "../support/odoo-server";
import { useDatabase } from "../support/database";
import { newestBackup, runTenantTimer, subdomain } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "odoo-backups-"));
const masterPassword = "master-of-odoo";
let odoo: OdooServer;
beforeAll(async () => {
  odoo = await startOdoo({ version: 18, masterPassword });
  Object.assign(process.env, {
    ODOO_URL: odoo.url,
    ODOO_MASTER_PASSWORD: masterPassword,
    OUTBOUND_PRIVATE_HOSTS: "127.0.0.1",
    TENANT_BACKUP_DIR: folder,
  });
});
afterAll(async () => {
  await odoo.close();
  rmSync(folder, { recursive: true });
});
const { held, work, call, on, read, ready, lastJob } = tenantsFixture(database);

const installed = (name: string) =>
  odoo.databases
    .find(name)
    ?.modules.filter(({ state }) => state === "installed")
    .map((module) => module.name);

test("a tenant is a database of the Odoo server, called as its subdomain, with its modules", async () => {
  const tenant = await ready({
    modules: ["crm"],
    admin_email: "ada@example.com",
  });
  expect(tenant).toMatchObject({
    ...{ status: "active", driver: "odoo", ref: tenant.subdomain },
    version: "Odoo 18.0.1.0",
    usage: { users: { used: 1 }, storage_bytes: { used: 1_000_000 } },
  });
  expect(odoo.databases.find(tenant.ref)?.login).toBe("ada@example.com");
  expect(installed(tenant.ref)).toEqual(["base", "web", "crm"]);
  const { body } = await on("modules", tenant.id);
  expect(body.items.map(({ name }: { name: string }) => name).sort()).toEqual([
    "base",
    "crm",
    "planning",
    "sale",
    "sale_crm",
    "web",
  ]);
});

test("no secret of it is in the database, the log or an answer", async () => {
  const tenant = await ready();
  const password = odoo.databases.find(tenant.ref)?.password ?? "none";
  expect(password).toHaveLength(24);
  const [row] = await database.query<{ all: string }>(
    `SELECT concat((SELECT string_agg(t::text, '') FROM tenants t), (SELECT string_agg(l::text, '') FROM tenant_logs l),
      (SELECT string_agg(a::text, '') FROM audit_log a), (SELECT string_agg(o::text, '') FROM outbox o)) AS all`,
  );
  for (const secret of [password, masterPassword]) {
    expect(row?.all).not.toContain(secret);
    expect(JSON.stringify(tenant)).not.toContain(secret);
  }
});

test("modules are installed and uninstalled there, and one that others need is not", async () => {
  const tenant = await ready();
  const remove = async (module_name: string) => {
    const answer = await call("tenants.uninstallModule", {
      params: { tenant_id: tenant.id, module_name },
    });
    await work();
    return answer.status;
  };
  await on("installModule", tenant.id, { name: "sale_crm" });
  await work();
  expect(installed(tenant.ref)).toEqual([
    "base",
    "web",
    "crm",
    "sale",
    "sale_crm",
  ]);
  expect(await remove("crm")).toBe(202);
  expect(await lastJob(tenant.id)).toMatchObject({
    status: "failed",
    error: "crm is needed by Opportunity to quotation. Uninstall that first.",
  });
  expect(installed(tenant.ref)).toContain("sale_crm");
  expect(await remove("sale_crm")).toBe(202);
  expect(await remove("crm")).toBe(202);
  expect(installed(tenant.ref)).toEqual(["base", "web", "sale"]);
  await on("installModule", tenant.id, { name: "planning" });
  await work();
  expect((await lastJob(tenant.id)).error).toMatch(/cannot install planning/);
});

test("a backup is downloaded whole, and restored beside the old one before it takes its place", async () => {
  const tenant = await ready();
  odoo.databases.find(tenant.ref)?.notes.push("kept");
  await on("backup", tenant.id);
  await work();
  const backup = await newestBackup(held.w.ctx, tenant.id);
  expect(backup).toMatchObject({ status: "ready" });
  const taken = await downloadBackup(held.w.ctx, tenant.id, backup.id);
  expect([taken.name, taken.type]).toEqual([
    `${tenant.subdomain}-${backup.created_at.slice(0, 10)}.zip`,
    "application/zip",
  ]);
  const [file = ""] = readdirSync(folder);
  const bytes = await new Response(taken.stream).arrayBuffer();
  expect(Buffer.from(bytes)).toEqual(readFileSync(path.join(folder, file)));
  odoo.databases.find(tenant.ref)?.notes.splice(0);
  await call("tenants.restore", {
    params: { tenant_id: tenant.id, backup_id: backup.id },
  });
  await work();
  expect((await lastJob(tenant.id)).status).toBe("succeeded");
  expect(odoo.databases.find(tenant.ref)?.notes).toEqual(["kept"]);
  expect(
    odoo.databases.names().filter((name) => name.startsWith("tk-")),
  ).toEqual([]);
  expect(readdirSync(folder).every((name) => name.endsWith(".zip"))).toBe(true);
});

test("a suspended tenant is at another name, where no address leads, and comes back", async () => {
  const tenant = await ready();
  await on("suspend", tenant.id, {});
  await work();
  expect(odoo.databases.find(tenant.ref)).toBeUndefined();
  expect(
    odoo.databases.names().some((name) => name.startsWith("tk-closed-")),
  ).toBe(true);
  await on("unsuspend", tenant.id);
  await work();
  expect(odoo.databases.find(tenant.ref)).toBeDefined();
  await on("suspend", tenant.id, {});
  await work();
  await on("remove", tenant.id);
  await work();
  expect(await read(tenant.id)).toMatchObject({ status: "deleted" });
  expect((await newestBackup(held.w.ctx, tenant.id)).status).toBe("ready");
  expect(
    odoo.databases.names().some((name) => name.startsWith("tk-closed-")),
  ).toBe(false);
});

test("what Odoo logs is in the tenant's log, once", async () => {
  const tenant = await ready();
  odoo.databases.find(tenant.ref)?.logs.push({
    ...{
      id: 7,
      level: "ERROR",
      name: "odoo.addons.mail",
      message: "No mail server",
    },
    create_date: "2026-11-21 10:00:00",
  });
  await runTenantTimer("tenants_measure");
  await runTenantTimer("tenants_measure");
  const { body } = await on("logs", tenant.id);
  expect(
    body.items.filter(({ source }: { source: string }) => source === "odoo"),
  ).toMatchObject([
    {
      level: "error",
      message: "odoo.addons.mail: No mail server",
      created_at: "2026-11-21T10:00:00.000Z",
    },
  ]);
});

test("a database that exists is adopted with its password, and is measured as others are", async () => {
  const ref = subdomain();
  odoo.databases.add(ref, "ada@example.com", "her own password");
  const customer_id = (await held.w.customer()).id;
  const adopt = (admin_password: string) =>
    call("tenants.adopt", {
      body: {
        customer_id,
        subdomain: ref,
        ref,
        admin_email: "ada@example.com",
        admin_password,
      },
    });
  const made = await adopt("her own password");
  await work();
  expect(await read(made.body.id)).toMatchObject({
    ...{ status: "active", is_adopted: true },
    usage: { users: { used: 1 } },
  });
});

test("Odoo 19 and later is asked by JSON-2 with the API key of the template", async () => {
  const newer = await startOdoo({
    version: 19,
    masterPassword,
    apiKey: "key-of-the-template",
  });
  newer.databases.add("template", "admin", "whatever");
  const { env } = await import("@/platform/env");
  const { majorVersion } =
    await import("@/modules/tenants/drivers/odoo/models");
  Object.assign(env(), {
    ODOO_URL: newer.url,
    ODOO_API_KEY: "key-of-the-template",
    ODOO_TEMPLATE_DATABASE: "template",
  });
  const { singleton } = await import("@/platform/singleton");
  singleton("odoo-version", () => ({ known: null })).known = null;
  expect(await majorVersion()).toBe(19);
  const tenant = await ready({ modules: ["sale"] });
  expect(tenant).toMatchObject({ status: "active", driver: "odoo" });
  expect(
    newer.databases
      .find(tenant.ref)
      ?.modules.find(({ name }) => name === "sale")?.state,
  ).toBe("installed");
  expect(
    newer.calls.some((one) =>
      one.startsWith("/json/2/ir.module.module/button_immediate_install"),
    ),
  ).toBe(true);
  expect(newer.calls.some((one) => one.includes("execute_kw"))).toBe(false);
  Object.assign(env(), { ODOO_API_KEY: "wrong" });
  await on("installModule", tenant.id, { name: "crm" });
  await work();
  expect((await lastJob(tenant.id)).error).toMatch(/refuses ODOO_API_KEY/);
  await newer.close();
});
