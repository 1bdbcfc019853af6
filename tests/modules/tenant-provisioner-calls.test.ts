import { signedHeaders } from "@/platform/signed-body";
import { callRoute } from "../support/app";
import {
  provisionerKey,
  startProvisioner,
  type Provisioner,
} from "../support/provisioner-server";
import { useDatabase } from "../support/database";
import { newestBackup, newTenant, runTenantTimer } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
let provisioner: Provisioner;
beforeAll(async () => {
  provisioner = await startProvisioner();
});
afterAll(() => provisioner.close());
const { held, work, on, read, ready, lastJob, persist } =
  tenantsFixture(database);

const nothing = () => Promise.resolve();
afterEach(() => provisioner.later.clear());

async function report(body: object, signedBy = provisionerKey) {
  const raw = JSON.stringify(body);
  const headers = signedHeaders(signedBy, { id: "m", raw, at: new Date() });
  const sent = { headers: Object.fromEntries(headers), body: raw };
  return callRoute("provisioner.report", sent);
}
const lastCall = (type: string) => {
  const { call } = provisioner.asked.findLast((one) => one.type === type) ?? {};
  if (!call) throw new Error(`It was not asked to ${type}`);
  return call;
};
const stepOf = async (id: string, name: string) =>
  (await lastJob(id)).steps.find((step) => step.name === name);

test("one that calls back is waited for, says how far it is, and ends the step, which is asked for once", async () => {
  provisioner.later.set("tenant.create", nothing);
  const { id } = await newTenant(held.w.ctx);
  await work();
  const call = lastCall("tenant.create");
  expect(call.url).toMatch(/\/api\/v1\/webhooks\/provisioner$/);
  const { next_attempt_at } = await lastJob(id);
  const minutes = (Date.parse(next_attempt_at ?? "") - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(55);
  await runTenantTimer("tenants_resume");
  await work();

  const message = "Copying files";
  const running = { call_id: call.id, status: "running" };
  const heard = await report({ ...running, progress: 40, message });
  expect(heard.body).toEqual({ status: "taken", reason: null });
  expect(await stepOf(id, "create")).toMatchObject({
    ...{ status: "running", progress: 40, message, attempts: 0 },
  });
  const done = { call_id: call.id, status: "succeeded" };
  expect((await report(done)).body.status).toBe("taken");
  expect((await report(done)).body.status).toBe("ignored");
  await work();
  expect(await read(id)).toMatchObject({ status: "active" });
  expect(await stepOf(id, "create")).toMatchObject({
    ...{ status: "done", progress: null, message: null, attempts: 1 },
  });
  const creations = provisioner.asked.filter(
    ({ type, tenant }) => type === "tenant.create" && tenant.id === id,
  );
  expect(creations).toHaveLength(1);
  expect((await report(done)).body).toMatchObject({ status: "ignored" });
});

test("one that calls back gives its answers with the call: the bytes of a backup", async () => {
  const tenant = await ready();
  provisioner.later.set("tenant.backup", nothing);
  await on("backup", tenant.id);
  await work();
  const call_id = lastCall("tenant.backup").id;
  const unfit = { bytes: "many" };
  await report({ call_id, status: "succeeded", result: unfit });
  await work();
  expect((await stepOf(tenant.id, "backup"))?.error).toMatch(
    /does not fit: bytes/,
  );
  provisioner.later.clear();
  await persist(10);
  expect((await lastJob(tenant.id)).status).toBe("failed");
  provisioner.later.set("tenant.backup", nothing);
  await on("backup", tenant.id);
  await work();
  const again = lastCall("tenant.backup").id;
  expect(again).not.toBe(call_id);
  const result = { bytes: 99 };
  await report({ call_id: again, status: "succeeded", result });
  await work();
  expect(await newestBackup(held.w.ctx, tenant.id)).toMatchObject({
    ...{ status: "ready", bytes: 99 },
  });
});

test("one that calls back says why it failed, and what was done is undone, which it may call back about as well", async () => {
  const before = provisioner.made.size;
  provisioner.later.set("tenant.install_module", nothing);
  provisioner.later.set("tenant.drop", nothing);
  const { id } = await newTenant(held.w.ctx, { modules: ["shop"] });
  await work();
  const call_id = lastCall("tenant.install_module").id;
  await report({ call_id, status: "failed", error: "no license for it" });
  await work();
  expect(await lastJob(id)).toMatchObject({
    status: "compensating",
    error: "The provisioner could not install_module: no license for it",
  });
  await report({ call_id: lastCall("tenant.drop").id, status: "succeeded" });
  await work();
  expect(await lastJob(id)).toMatchObject({ status: "failed" });
  expect(provisioner.made.size).toBe(before);
});

test("one that calls back may be faster than its own answer", async () => {
  provisioner.later.set("tenant.create", async ({ call }) => {
    const told = await report({ call_id: call?.id, status: "succeeded" });
    expect(told.body.status).toBe("taken");
  });
  const { id } = await newTenant(held.w.ctx);
  await work();
  await persist(1);
  expect(await read(id)).toMatchObject({ status: "active" });
});

test("one that calls back that is not heard of in time is taken as failed, unless it must succeed in the end", async () => {
  provisioner.later.set("tenant.create", nothing);
  const { id } = await newTenant(held.w.ctx);
  await work();
  await database.query("UPDATE tenant_calls SET wait_until = now()");
  await persist(5);
  expect(await lastJob(id)).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/would call back about create, and did not/),
  });
  provisioner.later.clear();
  const tenant = await ready();
  provisioner.later.set("tenant.suspend", nothing);
  await on("suspend", tenant.id, {});
  await work();
  const first = lastCall("tenant.suspend");
  await database.query("UPDATE tenant_calls SET wait_until = now()");
  await persist(5);
  expect(await lastJob(tenant.id)).toMatchObject({ status: "running" });
  await persist(1);
  await report({ call_id: first.id, status: "succeeded" });
  await work();
  expect(await lastJob(tenant.id)).toMatchObject({ status: "succeeded" });
});

test("one that calls back is believed by its signature alone, about what waits for it", async () => {
  provisioner.later.set("tenant.create", nothing);
  const { id } = await newTenant(held.w.ctx);
  await work();
  const done = { call_id: lastCall("tenant.create").id, status: "succeeded" };
  expect((await report(done, Buffer.alloc(32, 8))).status).toBe(400);
  for (const body of [
    { ...done, status: "finished" },
    { ...done, progress: 101 },
    { ...done, extra: 1 },
    { ...done, call_id: "tcl_1" },
  ])
    expect([body, (await report(body)).status]).toEqual([body, 400]);
  const unknown = { ...done, call_id: "tcl_01jd0000000000000000000000" };
  expect((await report(unknown)).body.status).toBe("ignored");
  expect((await lastJob(id)).status).toBe("running");
});
