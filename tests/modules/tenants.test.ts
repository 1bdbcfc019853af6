import { addSeconds } from "@/shared/time";
import { useDatabase } from "../support/database";
import {
  newestBackup,
  newTenant,
  runTenantTimer,
  subdomain,
} from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const { held, work, call, on, read, ready, lastJob, databases, inside } =
  tenantsFixture(database);

const steps = (job: { steps: { name: string; status: string }[] }) =>
  job.steps.map(({ name, status }) => `${name} ${status}`);

test("a new tenant is provisioning until its job is done, step by step, and then is a database of its own", async () => {
  const made = await newTenant(held.w.ctx, {
    name: "Acme",
    modules: ["sales"],
  });
  expect(made).toMatchObject({
    status: "provisioning",
    name: "Acme",
    url: null,
  });
  expect(steps(await lastJob(made.id))).toEqual([
    "claim waiting",
    "create waiting",
    "install_modules waiting",
    "look waiting",
  ]);
  const early = await on("installModule", made.id, { name: "crm" });
  expect([early.status, early.body.details.kind]).toEqual([409, "provision"]);
  await work();
  const tenant = await read(made.id);
  expect(tenant).toMatchObject({
    status: "active",
    job: null,
    driver: "sandbox",
  });
  expect(tenant.usage.users.used).toBe(1);
  expect(tenant.usage.storage_bytes.used).toBeGreaterThan(1_000_000);
  expect(
    steps(await lastJob(made.id)).every((step) => step.endsWith("done")),
  ).toBe(true);
  expect(
    await inside(tenant.ref, "SELECT name, subdomain FROM tenant"),
  ).toEqual([{ name: "Acme", subdomain: tenant.subdomain }]);
  const { body } = await on("modules", made.id);
  const installed = body.items.filter(
    (one: { is_installed: boolean }) => one.is_installed,
  );
  expect(installed.map((one: { name: string }) => one.name)).toEqual([
    "contacts",
    "sales",
  ]);
});

test("modules come with what they need, are schemas, and stay while others need them", async () => {
  const tenant = await ready();
  const schemas = async () =>
    (
      await inside<{ name: string }>(
        tenant.ref,
        "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'mod\\_%' ORDER BY 1",
      )
    ).map(({ name }) => name);
  expect(await schemas()).toEqual([]);
  const asked = await on("installModule", tenant.id, { name: "crm" });
  expect([asked.status, asked.body.kind, asked.body.subject]).toEqual([
    202,
    "install_module",
    "crm",
  ]);
  await work();
  expect(await schemas()).toEqual(["mod_contacts", "mod_crm"]);
  const again = await on("installModule", tenant.id, { name: "crm" });
  expect([again.status, again.body.error]).toEqual([
    409,
    "CRM is installed already.",
  ]);
  const remove = (module_name: string) =>
    call("tenants.uninstallModule", {
      params: { tenant_id: tenant.id, module_name },
    });
  const needed = await remove("contacts");
  expect([needed.status, needed.body.details.needed_by]).toEqual([
    409,
    ["crm"],
  ]);
  expect((await remove("nothing")).status).toBe(404);
  expect(
    (await on("installModule", tenant.id, { name: "nothing" })).status,
  ).toBe(404);
  expect((await remove("crm")).status).toBe(202);
  await work();
  expect(await schemas()).toEqual(["mod_contacts"]);
});

test("a restore brings back what the backup has, and keeps what was there before", async () => {
  const tenant = await ready({ modules: ["contacts"] });
  const write = (name: string) =>
    inside(
      tenant.ref,
      `INSERT INTO mod_contacts.records (name) VALUES ('${name}')`,
    );
  const names = async (ref = tenant.ref) =>
    (
      await inside<{ name: string }>(
        ref,
        "SELECT name FROM mod_contacts.records ORDER BY id",
      )
    ).map(({ name }) => name);
  await write("before");
  const asked = await on("backup", tenant.id);
  expect([asked.status, asked.body.status, asked.body.kind]).toEqual([
    202,
    "running",
    "manual",
  ]);
  expect(
    (
      await call("tenants.restore", {
        params: { tenant_id: tenant.id, backup_id: asked.body.id },
      })
    ).status,
  ).toBe(409);
  await work();
  const backup = await newestBackup(held.w.ctx, tenant.id);
  expect(backup).toMatchObject({ id: asked.body.id, status: "ready" });
  expect(backup.bytes).toBeGreaterThan(1_000_000);
  await write("after");
  expect(await names()).toEqual(["before", "after"]);
  const restored = await call("tenants.restore", {
    params: { tenant_id: tenant.id, backup_id: backup.id },
  });
  expect(restored.status).toBe(202);
  await work();
  expect((await lastJob(tenant.id)).status).toBe("succeeded");
  expect(await names()).toEqual(["before"]);
  const safety = await newestBackup(held.w.ctx, tenant.id);
  expect(safety).toMatchObject({ kind: "before_restore", status: "ready" });
  expect(safety.expires_at).not.toBeNull();
  const kept = (await databases()).find(
    (name) => name !== tenant.ref && name.startsWith("tk_backup"),
  );
  expect(kept).toBeDefined();
  expect(
    (await databases()).filter((name) => /restore|replaced/.test(name)),
  ).toEqual([]);
});

test("deleting takes a last backup, drops the database, and frees the subdomain at its end and not before", async () => {
  const tenant = await ready();
  expect((await on("remove", tenant.id)).body.status).toBe("deleting");
  const next = { subdomain: tenant.subdomain, customer_id: tenant.customer_id };
  const early = await call("tenants.create", { body: next });
  expect([early.status, early.body.error]).toEqual([
    409,
    `${tenant.subdomain} is taken; choose another one.`,
  ]);
  await work();
  expect(await read(tenant.id)).toMatchObject({ status: "deleted" });
  const final = await newestBackup(held.w.ctx, tenant.id);
  expect(final).toMatchObject({ kind: "final", status: "ready" });
  expect(await databases()).not.toContain(tenant.ref);
  expect((await call("tenants.create", { body: next })).status).toBe(201);
  expect((await on("remove", tenant.id)).status).toBe(409);
  const { body } = await call("tenants.list", {
    query: { customer_id: tenant.customer_id },
  });
  expect(body.total).toBe(1);
  // Its time over, the last backup goes too.
  const later = addSeconds(new Date(), 31 * 86_400);
  await runTenantTimer("tenants_backups", { ...held.w.ctx, now: () => later });
  const left = await call("tenants.backups", {
    params: { tenant_id: tenant.id },
  });
  expect(left.body.total).toBe(0);
  await work();
});

test("a suspended tenant takes no connections, and does again when it is taken back", async () => {
  const tenant = await ready();
  const suspended = await on("suspend", tenant.id, { reason: "Sends spam" });
  expect(suspended.body).toMatchObject({
    ...{
      status: "suspended",
      suspended_by: "staff",
      suspend_reason: "Sends spam",
    },
  });
  await work();
  await expect(inside(tenant.ref, "SELECT 1")).rejects.toThrow();
  expect((await on("backup", tenant.id)).status).toBe(409);
  expect((await on("unsuspend", tenant.id)).status).toBe(200);
  await work();
  expect(await read(tenant.id)).toMatchObject({
    status: "active",
    suspended_by: null,
  });
  expect(await inside(tenant.ref, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect((await on("unsuspend", tenant.id)).status).toBe(409);
});

test("staff adopt a database that exists, and none that is not a tenant's", async () => {
  const ref = `adopt_${subdomain()}`;
  await database.query(`CREATE DATABASE ${ref}`);
  const customer_id = (await held.w.customer()).id;
  const adopt = (name: string) =>
    call("tenants.adopt", {
      body: {
        customer_id,
        subdomain: subdomain(),
        ref: name,
        admin_email: "a@example.com",
      },
    });
  const own = new URL(database.url).pathname.slice(1);
  for (const name of [own, "postgres", "template1", "tk_backup_1"])
    expect((await adopt(name)).status).toBe(400);
  const adopted = await adopt(ref);
  expect([adopted.status, adopted.body.is_adopted]).toEqual([201, true]);
  await work();
  expect(await read(adopted.body.id)).toMatchObject({ status: "active", ref });
  expect((await adopt(ref)).status).toBe(409);
  const missing = await adopt("not_there");
  await work();
  expect(await read(missing.body.id)).toMatchObject({ status: "failed" });
  expect((await lastJob(missing.body.id)).error).toBe(
    "There is nothing called not_there.",
  );
  await on("remove", adopted.body.id);
  await work();
  expect(await read(adopted.body.id)).toMatchObject({ status: "deleted" });
});
