import { getTenant, listJobs } from "@/modules/tenants";
import type { Tenant } from "@/modules/tenants/contract";
import { actionsOf } from "@/modules/tenants/plan-of-job";
import { toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { mulberry32 } from "../support/random";
import { tenantDatabases, useTenantDatabases } from "../support/tenants";
import { tenantStories, until } from "../support/tenant-stories";
import { startWorkerProcess, type WorkerProcess } from "../support/worker";
import { world, type World } from "../support/world";

// `KILLS=all` kills at each moment of each job, which takes minutes.
const isAll = process.env["KILLS"] === "all";
const seed = Number(process.env["TEST_SEED"] ?? Date.now() % 1_000_000);
const random = mulberry32(seed);

const database = useDatabase();
useTenantDatabases(database);
jest.setTimeout(300_000);

let w: World;
let worker: WorkerProcess | null = null;
beforeAll(async () => {
  w = await world();
});
beforeEach(async () => {
  worker ??= await startWorkerProcess();
});
afterEach(goOn);
afterAll(kill);

async function kill() {
  await worker?.kill9();
  worker = null;
}

/** Where a process dies: as a step is written down, some time into it, or as the job's end is. */
type Moment =
  | { said: string; of: string; when: string }
  | { said: string; step: string; after: number };

const stories = tenantStories(database, () => w.ctx);
const cases = Object.entries(stories).flatMap(([name, story]) => {
  const moments: Moment[] = [
    ...story.moments.map(([step, status]) => ({
      said: `as ${step} is written down as ${status}`,
      of: "tenant_job_steps",
      when: `NEW.name = '${step}' AND NEW.status = '${status}'`,
    })),
    ...story.moments
      .filter(([, status]) => status === "running")
      .map(([step]) => {
        const after = Math.floor(random() * 120);
        return { said: `${after} ms into ${step}`, step, after };
      }),
    {
      said: "as its end is written down",
      of: "tenant_jobs",
      when: `NEW.finished_at IS NOT NULL AND NEW.kind = '${story.kind}'`,
    },
  ];
  const one = moments[Math.floor(random() * moments.length)];
  return (isAll ? moments : moments.filter((moment) => moment === one)).map(
    (moment) => ({ name, ...{ said: moment.said, moment, story } }),
  );
});

/** Has whoever writes this down wait there, in the database, for ever. */
async function stopAt({ of, when }: { of: string; when: string }) {
  await database.query(`
    CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$`);
  await database.query(`
    CREATE TRIGGER stop_here BEFORE UPDATE ON ${of} FOR EACH ROW
      WHEN (${when}) EXECUTE FUNCTION stop_here()`);
}

const sleeping = () =>
  database.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
  );

/** What was sleeping goes with its process, as if it had never been written. */
async function goOn() {
  await until(async () => {
    await database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
    );
    return (await sleeping()).length === 0;
  }, "nobody sleeps");
  await database.query("DROP FUNCTION IF EXISTS stop_here CASCADE");
}

/** Kill the worker when it comes there; `begin` gives it the job. */
async function killAt(
  moment: Moment,
  begin: () => Promise<Tenant>,
): Promise<Tenant> {
  if ("step" in moment) {
    const begun = await begin();
    await until(async () => {
      const [job] = (await listJobs(w.ctx, begun.id, {})).items;
      const step = job?.steps.find(({ name }) => name === moment.step);
      return step?.status !== "waiting";
    }, `it is at ${moment.step}`);
    await new Promise((resolve) => setTimeout(resolve, moment.after));
    await kill();
    return begun;
  }
  await stopAt(moment);
  const begun = await begin();
  await until(async () => (await sleeping()).length > 0, moment.said);
  await kill();
  await goOn();
  return begun;
}

/** The databases that there should be: of tenants that are left, and of backups. */
async function wanted(): Promise<string[]> {
  const rows = await database.query<{ ref: string }>(
    `SELECT ref FROM tenants WHERE status NOT IN ('failed', 'deleted') UNION ALL
     SELECT ref FROM tenant_backups WHERE status = 'ready' ORDER BY ref`,
  );
  return rows.map(({ ref }) => ref);
}

describe(`Jobs of tenants, killed with -9 (TEST_SEED=${seed})`, () => {
  test.each(cases)(
    "$name, killed $said, comes to its end once and leaves nothing behind",
    async ({ moment, story }) => {
      const prepared = await story.prepare();
      const { id } = await killAt(moment, () => story.begin(prepared));
      worker = await startWorkerProcess();
      const job = async () => (await listJobs(w.ctx, id, {})).items[0];
      await until(
        async () => (await job())?.finished_at !== null,
        "it is over",
      );
      const over = await job();
      expect(over).toMatchObject({ kind: story.kind, status: story.ends });
      expect(await tenantDatabases(database)).toEqual(await wanted());
      await story.check(await getTenant(w.ctx, id));
      const { done, failed } = actionsOf[story.kind];
      const told = await database.query(
        "SELECT count(*)::int AS times FROM audit_log WHERE target_id = $1 AND action = $2 AND after->>'job_id' = $3",
        [toUuid(id), story.ends === "failed" ? failed : done, over?.id],
      );
      expect(told).toEqual([{ times: 1 }]);
    },
  );
});
