import { addSeconds } from "@/shared/time";
import { useDatabase } from "../support/database";
import { newTenant, runTenantTimer } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const { held, work, call, on, ready, databases } = tenantsFixture(database);

test("active tenants are backed up by themselves, and only the newest copies stay", async () => {
  const tenant = await ready();
  const at = (hours: number) => {
    const now = addSeconds(new Date(), hours * 3_600);
    return { ...held.w.ctx, now: () => now };
  };
  const scheduled = async () => {
    const { body } = await on("backups", tenant.id);
    return body.items.filter(
      (one: { kind: string }) => one.kind === "scheduled",
    );
  };
  await runTenantTimer("tenants_backups", at(1));
  await work();
  expect(await scheduled()).toHaveLength(0);
  await call("settings.update", {
    body: {
      tenants: { ...(await settings()), backup_every_hours: 1, backup_keep: 2 },
    },
  });
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // settings may be a second old
  for (const hours of [25, 50, 75, 100]) {
    await runTenantTimer("tenants_backups", at(hours));
    await work();
  }
  await runTenantTimer("tenants_backups", at(100));
  const left = await scheduled();
  expect(left).toHaveLength(2);
  expect(left.every((one: { status: string }) => one.status === "ready")).toBe(
    true,
  );
  const count = (await databases()).filter((name) =>
    name.startsWith("tk_backup"),
  ).length;
  expect(count).toBeGreaterThanOrEqual(2);
});

const settings = async () => (await call("settings.get")).body.tenants;

test("a tenant's log says what was done, newest first, in pages", async () => {
  const tenant = await ready({ modules: ["crm"] });
  await on("suspend", tenant.id, {});
  await work();
  const page = await call("tenants.logs", {
    params: { tenant_id: tenant.id },
    query: { limit: 1 },
  });
  expect(page.body.items).toMatchObject([
    { level: "info", message: "Suspended" },
  ]);
  const next = await call("tenants.logs", {
    params: { tenant_id: tenant.id },
    query: { cursor: page.body.next_cursor },
  });
  expect(next.body.items.at(-1)).toMatchObject({
    message: "Made",
  });
});

test("its owners are told when it is ready, and staff when something could not be done", async () => {
  const { cookie, customerId } = await held.w.person("owner");
  const staff = await held.w.staffCookie("owner");
  const inbox = async (of: string) => {
    const headers = { cookie: of, origin: held.w.origin };
    const { body } = await call("notifications.list", { headers });
    return body.items.map(({ title }: { title: string }) => title);
  };
  await newTenant(held.w.ctx, { customer_id: customerId, name: "Good" });
  await newTenant(held.w.ctx, {
    ...{ customer_id: customerId, name: "Bad" },
    modules: ["nothing"],
  });
  await work();
  expect(await inbox(cookie)).toEqual(
    expect.arrayContaining(["Good is ready", "Bad could not be made"]),
  );
  expect(await inbox(staff)).toContainEqual(
    expect.stringMatching(/^Bad, of .+, needs a look$/),
  );
});
