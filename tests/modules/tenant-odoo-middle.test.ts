import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTenantJob } from "@/modules/tenants/service/run";
import { startOdoo, type OdooServer } from "../support/odoo-server";
import { useDatabase } from "../support/database";
import { newestBackup } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "odoo-backups-"));
let odoo: OdooServer;
beforeAll(async () => {
  odoo = await startOdoo({ version: 18, masterPassword: "master" });
  Object.assign(process.env, {
    ODOO_URL: odoo.url,
    ODOO_MASTER_PASSWORD: "master",
    OUTBOUND_PRIVATE_HOSTS: "127.0.0.1",
    TENANT_BACKUP_DIR: folder,
  });
});
afterAll(async () => {
  await odoo.close();
  rmSync(folder, { recursive: true });
});
const { held, work, call, on, read, ready, lastJob, persist } =
  tenantsFixture(database);

const notes = (ref: string) => odoo.databases.find(ref)?.notes;
const strays = () =>
  odoo.databases.names().filter((name) => name.startsWith("tk-"));
const callsOf = (words: string) =>
  odoo.calls.filter((one) => one.includes(words)).length;

/** A tenant that has changed since its backup, and a restore that was asked for. */
async function toRestore() {
  const tenant = await ready();
  notes(tenant.ref)?.push("kept");
  await on("backup", tenant.id);
  await work();
  const { id: backup_id } = await newestBackup(held.w.ctx, tenant.id);
  notes(tenant.ref)?.splice(0, 1, "changed");
  const restore = () =>
    call("tenants.restore", { params: { tenant_id: tenant.id, backup_id } });
  await restore();
  return { tenant, restore };
}

const places = {
  "the backup of what is there": "/web/database/backup",
  "the upload": "/web/database/restore",
  "the drop of the old one": "/web/database/drop",
  "the renaming": '"rename"',
};
const wrongs = {
  "is cut off": "cut",
  "is done, and its answer is lost": "lose",
  "is answered with a page of nonsense": "garbage",
} as const;
const each = (names: (keyof typeof places)[]) =>
  names.flatMap((place) =>
    (Object.keys(wrongs) as (keyof typeof wrongs)[]).map(
      (wrong) => [place, wrong] as const,
    ),
  );

test.each(each(Object.keys(places) as (keyof typeof places)[]))(
  "a restore in which %s %s ends with the backup's data and nothing beside it",
  async (place, wrong) => {
    const { tenant } = await toRestore();
    const files = readdirSync(folder).length;
    odoo.trouble(places[place], wrongs[wrong]);
    await work();
    await persist(2);
    expect((await lastJob(tenant.id)).status).toBe("succeeded");
    expect(notes(tenant.ref)).toEqual(["kept"]);
    expect(strays()).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(files + 1);
    expect(await read(tenant.id)).toMatchObject({ status: "active" });
  },
);

test("a restore whose upload never works is given up, and the tenant is as it was", async () => {
  const { tenant, restore } = await toRestore();
  odoo.trouble("/web/database/restore", "cut", 10);
  await work();
  await persist(12);
  expect((await lastJob(tenant.id)).status).toBe("failed");
  expect(notes(tenant.ref)).toEqual(["changed"]);
  expect(strays()).toEqual([]);
  expect((await restore()).status).toBe(202);
  await work();
  expect(notes(tenant.ref)).toEqual(["kept"]);
});

test("one that fails after the old one went leaves the tenant with the backup's data, once the server is back", async () => {
  const { tenant } = await toRestore();
  odoo.trouble('"rename"', "cut", 12);
  await work();
  await persist(10);
  expect(await lastJob(tenant.id)).toMatchObject({ status: "compensating" });
  expect(strays()).toHaveLength(1);
  await persist(4);
  expect((await lastJob(tenant.id)).status).toBe("failed");
  expect([notes(tenant.ref), strays()]).toEqual([["kept"], []]);
});

test.each(each(["the backup of what is there", "the drop of the old one"]))(
  "a deletion in which %s %s is finished, with its last backup",
  async (place, wrong) => {
    const tenant = await ready();
    await on("remove", tenant.id);
    odoo.trouble(places[place], wrongs[wrong]);
    await work();
    await persist(2);
    expect(await read(tenant.id)).toMatchObject({ status: "deleted" });
    expect(notes(tenant.ref)).toBeUndefined();
    expect(await newestBackup(held.w.ctx, tenant.id)).toMatchObject({
      ...{ kind: "final", status: "ready" },
    });
  },
);

test("a deletion that never works is given up, and the tenant is there until it is asked for again", async () => {
  const tenant = await ready();
  await on("remove", tenant.id);
  odoo.trouble("/web/database/drop", "cut", 10);
  await work();
  await persist(12);
  expect(await read(tenant.id)).toMatchObject({ status: "active" });
  expect(notes(tenant.ref)).toEqual([]);
  await on("remove", tenant.id);
  await work();
  expect(await read(tenant.id)).toMatchObject({ status: "deleted" });
  expect(notes(tenant.ref)).toBeUndefined();
});

test.each([
  ["restore", "/web/database/restore"],
  ["deletion", "/web/database/drop"],
])(
  "while a %s waits for a slow server, a second worker leaves it alone",
  async (kind, path) => {
    const { tenant } =
      kind === "restore" ? await toRestore() : { tenant: await ready() };
    if (kind === "deletion") await on("remove", tenant.id);
    const before = callsOf(path);
    odoo.trouble(path, "wait");
    const done = work();
    while (odoo.waiting() === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await runTenantJob(held.w.ctx, (await lastJob(tenant.id)).id);
    expect(await on("backup", tenant.id)).toMatchObject({ status: 409 });
    odoo.release();
    await done;
    expect((await lastJob(tenant.id)).status).toBe("succeeded");
    expect(callsOf(path) - before).toBe(1);
  },
);
