import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startOdoo, type OdooServer } from "../support/odoo-server";
import { useDatabase } from "../support/database";
import { newTenant, subdomain } from "../support/tenants";
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
const { held, work, read, lastJob, persist } = tenantsFixture(database);

test("an existing database that is not ours is left alone, whoever is first", async () => {
  const theirs = subdomain();
  odoo.databases.add(theirs, "them@example.com", "their own");
  const { id } = await newTenant(held.w.ctx, { subdomain: theirs });
  await work();
  expect(await read(id)).toMatchObject({ status: "failed" });
  expect(odoo.databases.find(theirs)?.login).toBe("them@example.com");
  // Made between our look and our call.
  const raced = subdomain();
  odoo.trouble("/web/database/create", "wait");
  const second = await newTenant(held.w.ctx, { subdomain: raced });
  const done = work();
  while (odoo.waiting() === 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  odoo.databases.add(raced, "them@example.com", "their own");
  odoo.release();
  await done;
  expect(await read(second.id)).toMatchObject({ status: "failed" });
  expect(odoo.databases.find(raced)?.login).toBe("them@example.com");
});

test("a creation whose answer was lost is recognized as ours by its password", async () => {
  odoo.trouble("/web/database/create", "lose");
  const { id, subdomain: name } = await newTenant(held.w.ctx);
  await work();
  expect(await lastJob(id)).toMatchObject({
    status: "running",
    steps: [{ status: "done" }, { attempts: 1 }, {}, {}],
  });
  await persist(1);
  expect(await read(id)).toMatchObject({ status: "active" });
  expect(
    odoo.calls.filter(
      (one) => one.startsWith("/web/database/create") && one.includes(name),
    ),
  ).toHaveLength(1);
});

test("a server that is down, or answers nonsense, is asked again until it is well", async () => {
  odoo.trouble("/jsonrpc", "garbage");
  const { id } = await newTenant(held.w.ctx);
  await work();
  expect((await lastJob(id)).steps[0]?.error).toMatch(/no JSON/);
  odoo.trouble("/jsonrpc", "cut");
  await persist(1);
  expect((await lastJob(id)).steps[0]?.attempts).toBe(2);
  await persist(1);
  expect(await read(id)).toMatchObject({ status: "active" });
});

test("one that stays down is given up, and what was begun is taken away once it is back", async () => {
  const before = odoo.databases.names();
  const { id } = await newTenant(held.w.ctx, { modules: ["crm"] });
  odoo.trouble("button_immediate_install", "cut", 99);
  await work();
  odoo.trouble("/web/database/drop", "cut", 2);
  await persist(10);
  expect(await lastJob(id)).toMatchObject({ status: "compensating" });
  expect(odoo.databases.names()).toHaveLength(before.length + 1);
  await persist(2);
  expect(await read(id)).toMatchObject({ status: "failed" });
  expect(odoo.databases.names()).toEqual(before);
});

test("a half-made database of ours is waited for, then taken away", async () => {
  odoo.trouble("/web/database/create", "lose");
  const { id, subdomain: name } = await newTenant(held.w.ctx);
  await work();
  const made = odoo.databases.find(name);
  if (made) made.isBroken = true;
  await persist(1);
  expect((await lastJob(id)).steps[1]?.error).toMatch(/not ready yet/);
  await persist(10);
  expect(await read(id)).toMatchObject({ status: "failed" });
  expect(odoo.databases.find(name)).toBeUndefined();
});

test("a wrong master password is said in words, and nothing is begun", async () => {
  const { env } = await import("@/platform/env");
  env().ODOO_MASTER_PASSWORD = "wrong";
  const { id } = await newTenant(held.w.ctx);
  await work();
  env().ODOO_MASTER_PASSWORD = masterPassword;
  expect(await lastJob(id)).toMatchObject({
    status: "failed",
    error: expect.stringContaining("Odoo refuses the master password"),
  });
});
