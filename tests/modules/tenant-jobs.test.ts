import { stepsOf } from "@/modules/tenants/plan-of-job";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { newestBackup, newTenant, runTenantTimer } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const {
  held,
  work,
  call,
  on,
  read,
  ready,
  lastJob,
  persist,
  databases,
  inside,
} = tenantsFixture(database);

/** As a crash there would: what a step did is done, and was not written down. */
async function crashAfter(step: string, run: () => Promise<unknown>) {
  await database.query(`
    CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'crashed'; END $$`);
  await database.query(`
    CREATE TRIGGER crash BEFORE UPDATE ON tenant_job_steps FOR EACH ROW
      WHEN (NEW.name = '${step}' AND NEW.status = 'done') EXECUTE FUNCTION crash()`);
  try {
    await expect(run()).rejects.toThrow("crashed");
  } finally {
    await database.query("DROP TRIGGER crash ON tenant_job_steps");
    await database.query("DROP FUNCTION crash()");
  }
}

test.each(stepsOf.provision.filter((step) => step !== "claim"))(
  "provisioning that crashed after %s goes on, and makes one database",
  async (step) => {
    const before = await databases();
    const made = await newTenant(held.w.ctx, { modules: ["sales"] });
    await crashAfter(step, work);
    expect((await lastJob(made.id)).status).toBe("running");
    await runTenantTimer("tenants_resume");
    await work();
    const tenant = await read(made.id);
    expect(tenant.status).toBe("active");
    expect(await databases()).toHaveLength(before.length + 1);
    expect(
      await inside(tenant.ref, "SELECT name FROM installed_modules ORDER BY 1"),
    ).toEqual([{ name: "contacts" }, { name: "sales" }]);
  },
);

test("a claim that was not written down is made again", async () => {
  const made = await newTenant(held.w.ctx);
  await crashAfter("claim", work);
  await runTenantTimer("tenants_resume");
  await work();
  expect((await read(made.id)).status).toBe("active");
});

test.each(stepsOf.restore)(
  "a restore that crashed after %s ends with the backup's data and nothing beside it",
  async (step) => {
    const tenant = await ready({ modules: ["contacts"] });
    await inside(
      tenant.ref,
      "INSERT INTO mod_contacts.records (name) VALUES ('kept')",
    );
    await on("backup", tenant.id);
    await work();
    const { id: backup_id } = await newestBackup(held.w.ctx, tenant.id);
    await inside(tenant.ref, "DELETE FROM mod_contacts.records");
    await call("tenants.restore", {
      params: { tenant_id: tenant.id, backup_id },
    });
    await crashAfter(step, work);
    await runTenantTimer("tenants_resume");
    await work();
    expect((await lastJob(tenant.id)).status).toBe("succeeded");
    expect(
      await inside(tenant.ref, "SELECT name FROM mod_contacts.records"),
    ).toEqual([{ name: "kept" }]);
    expect(
      (await databases()).filter((name) => /restore|replaced/.test(name)),
    ).toEqual([]);
  },
);

test.each(stepsOf.terminate)(
  "a deletion that crashed after %s is finished",
  async (step) => {
    const tenant = await ready();
    await on("remove", tenant.id);
    await crashAfter(step, work);
    await runTenantTimer("tenants_resume");
    await work();
    expect((await read(tenant.id)).status).toBe("deleted");
    expect(await databases()).not.toContain(tenant.ref);
    expect((await newestBackup(held.w.ctx, tenant.id)).status).toBe("ready");
  },
);

test("a module that does not exist undoes the whole of a provisioning, and frees the subdomain", async () => {
  const before = await databases();
  const made = await newTenant(held.w.ctx, { modules: ["crm", "nothing"] });
  await work();
  const job = await lastJob(made.id);
  expect(job).toMatchObject({
    status: "failed",
    error: "There is no module nothing. See the list of modules.",
  });
  expect(job.steps.map(({ name, status }) => [name, status])).toEqual([
    ["claim", "undone"],
    ["create", "undone"],
    ["install_modules", "failed"],
    ["look", "waiting"],
  ]);
  expect(await read(made.id)).toMatchObject({ status: "failed" });
  expect(await databases()).toEqual(before);
  const { subdomain, customer_id } = made;
  const again = await call("tenants.create", {
    body: { subdomain, customer_id },
  });
  expect(again.status).toBe(201);
});

test("a database of the same name that is not ours fails the provisioning and is left alone", async () => {
  const made = await newTenant(held.w.ctx);
  await database.query(`CREATE DATABASE ${made.ref}`);
  await work();
  expect(await lastJob(made.id)).toMatchObject({
    status: "failed",
    error: expect.stringContaining("not ours"),
  });
  expect(await databases()).toContain(made.ref);
  await database.query(`DROP DATABASE ${made.ref}`);
});

test("what fails for a while is tried again, later each time, and then goes on", async () => {
  const tenant = await ready();
  await database.query(`ALTER DATABASE ${tenant.ref} ALLOW_CONNECTIONS false`);
  await on("installModule", tenant.id, { name: "crm" });
  await work();
  const waiting = await lastJob(tenant.id);
  expect(waiting).toMatchObject({
    status: "running",
    steps: [{ attempts: 1 }, {}],
  });
  expect(waiting.steps[0]?.error).toMatch(
    /not currently accepting connections/,
  );
  expect(waiting.next_attempt_at).not.toBeNull();
  await runTenantTimer("tenants_resume");
  await work();
  expect((await lastJob(tenant.id)).steps[0]?.attempts).toBe(1);
  await database.query(`ALTER DATABASE ${tenant.ref} ALLOW_CONNECTIONS true`);
  await persist(1);
  expect(await lastJob(tenant.id)).toMatchObject({ status: "succeeded" });
});

test("what fails for good is given up after ten tries, and a failed backup leaves no copy", async () => {
  const tenant = await ready();
  await on("backup", tenant.id);
  await database.query(
    `ALTER DATABASE ${tenant.ref} RENAME TO gone_${toUuid(tenant.id).slice(-6)}`,
  );
  await work();
  const refused = await lastJob(tenant.id);
  expect(refused).toMatchObject({
    status: "failed",
    error: `The database ${tenant.ref} is gone.`,
  });
  expect((await newestBackup(held.w.ctx, tenant.id)).status).toBe("failed");
  await database.query(
    `ALTER DATABASE gone_${toUuid(tenant.id).slice(-6)} RENAME TO ${tenant.ref}`,
  );
  await database.query(`ALTER DATABASE ${tenant.ref} ALLOW_CONNECTIONS false`);
  await on("installModule", tenant.id, { name: "crm" });
  await work();
  await persist(10);
  const job = await lastJob(tenant.id);
  expect([job.status, job.steps[0]?.attempts]).toEqual(["failed", 10]);
  expect((await read(tenant.id)).status).toBe("active");
});

test("two workers on one job do it once", async () => {
  const made = await newTenant(held.w.ctx);
  const { runTenantJob } = await import("@/modules/tenants/service/run");
  const { id } = await lastJob(made.id);
  await Promise.all(
    Array.from({ length: 4 }, () => runTenantJob(held.w.ctx, id)),
  );
  await work();
  const job = await lastJob(made.id);
  expect(job.status).toBe("succeeded");
  expect(job.steps.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
});

test("each thing that is done to a tenant is in the audit log with who asked for it", async () => {
  const tenant = await ready();
  const rows = await database.query<{ action: string; actor_kind: string }>(
    "SELECT action, actor_kind FROM audit_log WHERE target_id = $1 ORDER BY id",
    [toUuid(tenant.id)],
  );
  expect(rows).toEqual([
    { action: "tenant.created", actor_kind: "system" },
    { action: "tenant.provisioned", actor_kind: "system" },
  ]);
});
