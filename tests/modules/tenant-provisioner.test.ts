import { downloadBackup } from "@/modules/tenants";
import {
  startProvisioner,
  type Provisioner,
} from "../support/provisioner-server";
import { useDatabase } from "../support/database";
import { newestBackup, newTenant } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
let provisioner: Provisioner;
beforeAll(async () => {
  provisioner = await startProvisioner();
});
afterAll(() => provisioner.close());
const { held, work, on, read, ready, lastJob, persist } =
  tenantsFixture(database);

test("a provisioner of the seller's own gets signed calls, and its answers are the tenant's state", async () => {
  const tenant = await ready({ modules: ["shop"] });
  expect(tenant).toMatchObject({
    ...{ status: "active", driver: "webhook" },
    usage: { users: { used: 3 }, storage_bytes: { used: 42 } },
  });
  expect(provisioner.made.get(tenant.ref)).toEqual(new Set(["shop"]));
  await on("backup", tenant.id);
  await work();
  expect(await newestBackup(held.w.ctx, tenant.id)).toMatchObject({
    status: "ready",
    bytes: 7,
  });
  const backup = await newestBackup(held.w.ctx, tenant.id);
  const taken = await downloadBackup(held.w.ctx, tenant.id, backup.id);
  expect(taken.name).toMatch(/\.zip$/);
  expect(await new Response(taken.stream).text()).toMatch(/^PK.* the whole/);
  await on("suspend", tenant.id, {});
  await work();
  expect(provisioner.asked.at(-1)).toMatchObject({
    type: "tenant.suspend",
    tenant: { id: tenant.id },
  });
  await on("unsuspend", tenant.id);
  await work();
  await on("remove", tenant.id);
  await work();
  expect(provisioner.made.has(tenant.ref)).toBe(false);
});

test("one that is still at it is asked again", async () => {
  provisioner.state.busy = 2;
  const { id } = await newTenant(held.w.ctx);
  await work();
  expect((await lastJob(id)).steps[1]?.error).toBe(
    "The provisioner is at create",
  );
  await persist(2);
  expect(await read(id)).toMatchObject({ status: "active" });
  const creations = provisioner.asked.filter(
    ({ type, tenant }) => type === "tenant.create" && tenant.id === id,
  );
  expect(creations).toHaveLength(3);
  expect(new Set(provisioner.ids).size).toBe(provisioner.ids.length);
});

test("what it refuses is undone, and its words are the job's", async () => {
  const before = provisioner.made.size;
  const { id } = await newTenant(held.w.ctx, { modules: ["nothing"] });
  await work();
  expect(await lastJob(id)).toMatchObject({
    status: "failed",
    error: "The provisioner refuses to install_module: no such module",
  });
  expect(provisioner.made.size).toBe(before);
});
