import { gunzipSync } from "node:zlib";
import { GET } from "@/app/api/v1/tenants/[tenant_id]/backups/[backup_id]/file/route";
import { listTenants } from "@/modules/tenants";
import { prisma } from "@/platform/db";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { allowTenants, newestBackup, newTenant } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const { held, work, call, on, ready, inside } = tenantsFixture(database);

/** The file as it comes, of which callRoute would make text. */
async function take(
  tenant_id: string,
  backup_id: string,
  given?: Record<string, string>,
) {
  // A token of its own: only three may be taken in a minute.
  const headers = given ?? {
    authorization: `Bearer ${await held.w.token(["tenants:write"])}`,
  };
  const path = `/v1/tenants/${tenant_id}/backups/${backup_id}/file`;
  return GET(new Request(`${held.w.origin}/api${path}`, { headers }), {
    params: Promise.resolve({ tenant_id, backup_id }),
  });
}

async function backedUp(input: Parameters<typeof newTenant>[1] = {}) {
  const tenant = await ready(input);
  await on("backup", tenant.id);
  await work();
  return { tenant, backup: await newestBackup(held.w.ctx, tenant.id) };
}

const told = (tenantId: string) =>
  database.query<{ actor_name: string }>(
    `SELECT actor_name FROM audit_log WHERE action = 'tenant.backup_downloaded'
     AND target_id = '${toUuid(tenantId)}'`,
  );

test("a backup comes as a file with every row of every table, and who took it is in the audit log", async () => {
  const tenant = await ready({ modules: ["crm"] });
  await inside(
    tenant.ref,
    `INSERT INTO mod_crm.records (name) SELECT 'deal ' || i || E' "\\n€' FROM generate_series(1, 1234) i`,
  );
  await inside(tenant.ref, 'CREATE TABLE "odd ""name""" (a int, b text)');
  await on("backup", tenant.id);
  await work();
  await inside(tenant.ref, "DELETE FROM mod_crm.records");
  const backup = await newestBackup(held.w.ctx, tenant.id);

  const response = await take(tenant.id, backup.id);
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "application/gzip",
  ]);
  const day = backup.created_at.slice(0, 10);
  expect(response.headers.get("content-disposition")).toBe(
    `attachment; filename="${tenant.subdomain}-${day}.jsonl.gz"`,
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  const lines = gunzipSync(bytes).toString("utf8").trimEnd().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const tables = rows
    .filter((row) => "columns" in row)
    .map(({ schema, table }) => `${String(schema)}.${String(table)}`);
  expect(tables).toEqual([
    "mod_contacts.records",
    "mod_crm.records",
    "public.installed_modules",
    'public.odd "name"',
    "public.tenant",
    "public.users",
  ]);
  const names = rows
    .map(({ name }) => String(name))
    .filter((name) => name.startsWith("deal "));
  expect(names).toHaveLength(1234);
  expect(names[1233]).toBe('deal 1234 "\n€');
  expect(await told(tenant.id)).toHaveLength(1);
});

test("its customer's owner has it, and no other person of the customer, no other customer, nobody who views as it", async () => {
  const { w } = held;
  const owner = await w.person("owner");
  await allowTenants(w.ctx, owner.customerId);
  const { tenant, backup } = await backedUp({ customer_id: owner.customerId });
  const status = async (cookie: string) =>
    (await take(tenant.id, backup.id, { cookie, origin: w.origin })).status;

  expect(await status(owner.cookie)).toBe(200);
  expect(await status((await w.person("owner")).cookie)).toBe(404);
  expect(await status(await w.staffCookie("viewer"))).toBe(403);
  expect(await status(await w.staffCookie("support"))).toBe(200);
  const headers = { cookie: await w.staffCookie("support"), origin: w.origin };
  await callRoute("viewAs.start", {
    headers,
    params: { customer_id: owner.customerId },
    body: { reason: "To see what they see" },
  });
  expect(await status(headers.cookie)).toBe(403);
  await prisma().membership.updateMany({ data: { role: "member" } });
  expect(await status(owner.cookie)).toBe(403);
  expect(await told(tenant.id)).toHaveLength(2);
});

test("what is not ready, or whose copy is gone, says so instead of an empty file", async () => {
  const { tenant, backup } = await backedUp();
  await database.query(
    `UPDATE tenant_backups SET status = 'running' WHERE tenant_id = (SELECT id FROM tenants WHERE subdomain = '${tenant.subdomain}')`,
  );
  const params = { tenant_id: tenant.id, backup_id: backup.id };
  const early = await call("tenants.downloadBackup", { params });
  expect([early.status, early.body.error]).toEqual([
    409,
    expect.stringMatching(/still being made/),
  ]);
  await database.query(
    "UPDATE tenant_backups SET status = 'ready', ref = 'tk_backup_none'",
  );
  const gone = await call("tenants.downloadBackup", { params });
  expect([gone.status, gone.body.error]).toEqual([
    409,
    expect.stringMatching(/database is gone/),
  ]);
  expect(await told(tenant.id)).toEqual([]);
});

test("somebody who goes away in the middle leaves no connection behind", async () => {
  const tenant = await ready({ modules: ["crm"] });
  await inside(
    tenant.ref,
    "INSERT INTO mod_crm.records (name) SELECT repeat(md5(i::text), 100) FROM generate_series(1, 20000) i",
  );
  await on("backup", tenant.id);
  await work();
  const backup = await newestBackup(held.w.ctx, tenant.id);
  const response = await take(tenant.id, backup.id);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const open = () =>
    database.query(
      `SELECT pid FROM pg_stat_activity WHERE datname LIKE 'tk\\_backup\\_%'`,
    );
  for (const end = Date.now() + 5_000; Date.now() < end;) {
    if ((await open()).length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(await open()).toEqual([]);
});

test("a list of tenants asks the database as often for many customers as for one", async () => {
  const { w } = held;
  for (const users of [1, 2, 3]) {
    const { customer_id } = await newTenant(w.ctx);
    await allowTenants(w.ctx, customer_id, { tenant_users: users });
  }
  let asked = 0;
  const db = prisma().$extends({
    query: {
      $allOperations({ model, args, query }) {
        if (model !== "Setting") asked += 1; // these are kept for a second, whoever asks
        return query(args);
      },
    },
  });
  // Safe: the same client, which counts.
  const ctx = { ...w.ctx, db: db as unknown as typeof w.ctx.db };
  const list = async (per_page: number) => {
    asked = 0;
    const { items } = await listTenants(ctx, { per_page });
    return { asked, limits: items.map(({ usage }) => usage.users.limit) };
  };
  const one = await list(1);
  const three = await list(3);
  expect([one.limits, three.limits]).toEqual([[3], [3, 2, 1]]);
  expect(three.asked).toBe(one.asked);
});
