import { listJobs } from "@/modules/tenants";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import {
  inTenant,
  newTenant,
  tenantDatabases,
  useTenantDatabases,
} from "../support/tenants";
import { world, type World } from "../support/world";

const database = useDatabase();
useTenantDatabases(database);
jest.setTimeout(300_000);

const worker = () => startServer({ WORKER_MODE: "inline" });

let w: World;
let server: AppServer;
beforeAll(async () => {
  server = await worker();
  w = await world();
});
afterAll(() => server?.stop());

/** Has whoever writes down this state of a step wait there, in the database, for ever. */
async function stopAt(step: string, status: "running" | "done") {
  await database.query(`
    CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$`);
  await database.query(`
    CREATE TRIGGER stop_here BEFORE UPDATE ON tenant_job_steps FOR EACH ROW
      WHEN (NEW.name = '${step}' AND NEW.status = '${status}') EXECUTE FUNCTION stop_here()`);
}

const sleeping = () =>
  database.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
  );

async function until(isSo: () => Promise<boolean>, what: string) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It did not come to this within 60 s: ${what}`);
}

/** What was sleeping goes with its process, as if it had never been written. */
async function goOn() {
  await until(async () => {
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
    );
    return (await sleeping()).length === 0;
  }, "nobody sleeps");
  await database.query("DROP TRIGGER stop_here ON tenant_job_steps");
  await database.query("DROP FUNCTION stop_here()");
}

const steps = ["claim", "create", "install_modules", "look"];
const moments = steps.flatMap((step) =>
  (["running", "done"] as const).map((status) => [step, status] as const),
);

test.each(moments)(
  "killed with -9 as %s is written down as %s: the next process makes one whole tenant",
  async (step, status) => {
    const before = await tenantDatabases(database);
    await stopAt(step, status);
    const made = await newTenant(w.ctx, { modules: ["crm"] });
    await until(async () => (await sleeping()).length > 0, `it is at ${step}`);
    await server.kill9();
    await goOn();
    server = await worker();
    const job = async () => (await listJobs(w.ctx, made.id, {})).items[0];
    await until(async () => (await job())?.finished_at !== null, "it is done");
    expect(await job()).toMatchObject({ status: "succeeded", steps_done: 4 });
    expect(await tenantDatabases(database)).toHaveLength(before.length + 1);
    expect(
      await inTenant(
        database,
        made.ref,
        "SELECT name FROM installed_modules ORDER BY name",
      ),
    ).toEqual([{ name: "contacts" }, { name: "crm" }]);
  },
);
