import type { Health } from "@/http/system";
import { getSystem } from "@/modules/operations";
import { queueState } from "@/platform/db/queue-state";
import { startWorker, type Worker } from "@/platform/jobs";
import { lifecycle } from "@/platform/lifecycle";
import { fromUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { failedJob } from "../support/things";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let worker: Worker | undefined;
beforeAll(async () => {
  w = await world();
});
afterAll(() => worker?.stop());

const authorization = () => ({ authorization: `Bearer ${w.everything}` });
const send = (call: string, job_id: string) =>
  callRoute(call, { params: { job_id }, headers: authorization() });
const health = async () => {
  const { body } = await callRoute("system.health");
  return body as Health; // Safe: the route checks it.
};

async function until<T>(read: () => Promise<T | false | null | undefined>) {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const found = await read();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("It did not come about within 20 s");
}

// First, while nobody has read it yet: what was read is kept for seconds.
test("a queue that could not be read is read again by whoever asks next", async () => {
  const jobs = "graphile_worker._private_jobs";
  await database.query(`ALTER TABLE ${jobs} RENAME TO _hidden`);
  const hidden = await queueState();
  await database.query(
    "ALTER TABLE graphile_worker._hidden RENAME TO _private_jobs",
  );
  expect([hidden, await queueState()]).toEqual([
    null,
    expect.objectContaining({ running: 0 }),
  ]);
});

describe("health", () => {
  test("names the versions of what runs, and the migrations", async () => {
    const { version, node, postgresql, migrations } = await health();
    expect([version, node]).toEqual(["0.1.0", process.versions.node]);
    expect(postgresql).toMatch(/^1[5-9]/);
    expect(migrations?.pending).toEqual([]);
    expect(migrations?.applied).toBeGreaterThan(30);
  });

  test("is degraded without a worker, and ready all the same", async () => {
    const { status, checks } = await health();
    expect(status).toBe("degraded");
    expect(checks.worker.message).toContain("No worker is alive");
    expect(checks.database.ok && checks.migrations.ok && checks.queue.ok).toBe(
      true,
    );
    expect((await callRoute("system.ready")).status).toBe(200);
  });

  test("is not ready while a migration of this version is missing, which it names", async () => {
    const [last] = await database.query<{ name: string }>(
      `UPDATE _prisma_migrations SET migration_name = migration_name || '_hidden'
       WHERE migration_name LIKE '%_workers' RETURNING replace(migration_name, '_hidden', '') AS name`,
    );
    const answer = await callRoute("system.ready");
    const { migrations, checks } = await health();
    await database.query(
      `UPDATE _prisma_migrations SET migration_name = replace(migration_name, '_hidden', '')`,
    );
    expect(answer.status).toBe(503);
    expect(answer.body.error).toContain(last?.name);
    expect(migrations?.pending).toEqual([last?.name]);
    expect(checks.migrations.ok).toBe(false);
    expect((await callRoute("system.ready")).status).toBe(200);
  });

  test("is not ready from the moment that it drains, and alive", async () => {
    lifecycle().isDraining = true;
    const answers = [
      await callRoute("system.ready"),
      await callRoute("system.live"),
    ];
    lifecycle().isDraining = false;
    expect(answers.map(({ status }) => status)).toEqual([503, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("2");
  });
});

describe("the system", () => {
  test("shows what runs on what, and how large it is", async () => {
    const { body } = await callRoute("operations.show", {
      headers: authorization(),
    });
    expect(body.versions).toMatchObject({
      app: "0.1.0",
      migration: expect.stringMatching(/^\d+_/),
    });
    expect(body.database.bytes).toBeGreaterThan(1_000_000);
    const names = body.database.tables.map((one: { name: string }) => one.name);
    // The partitions of a table count as the table.
    expect(names).toContain("usage_events");
    expect(names.join()).not.toMatch(/usage_events_/);
    expect(body.integrations).toContainEqual({ name: "Stripe", is_on: false });
  });

  test("a job that failed for good is tried again, and is done by a worker", async () => {
    const id = await failedJob(w.ctx);
    const { queue } = await getSystem(w.ctx);
    expect(queue.failures).toContainEqual(
      expect.objectContaining({
        id,
        task: "nobody_does_this",
        last_error: "A test",
      }),
    );
    const done: string[] = [];
    const run = () => {
      done.push("ran");
      return Promise.resolve();
    };
    worker = await startWorker([
      { tasks: [{ name: "nobody_does_this", run }] },
    ]);
    expect((await send("operations.retryJob", id)).status).toBe(200);
    await until(async () => done.length > 0);
    expect(done).toEqual(["ran"]);
    expect((await send("operations.retryJob", id)).status).toBe(404);
  });

  test("a job that is discarded is gone, and both acts are in the audit log", async () => {
    const id = await failedJob(w.ctx);
    expect((await send("operations.discardJob", id)).status).toBe(200);
    expect((await send("operations.discardJob", id)).status).toBe(404);
    const { queue } = await getSystem(w.ctx);
    expect(queue.failures.map((job) => job.id)).not.toContain(id);
    const rows = await database.query<{ action: string }>(
      "SELECT action FROM audit_log WHERE action LIKE 'job.%' ORDER BY id",
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "job.retried",
      "job.discarded",
    ]);
  });

  test("a job that waits its turn is nobody's to discard", async () => {
    const [job] = await database.query<{ id: string }>(
      "SELECT id FROM graphile_worker.add_job('later', run_at := now() + interval '1 hour')",
    );
    const number = BigInt(job?.id ?? 0)
      .toString(16)
      .padStart(12, "0");

    const id = fromUuid("job", `00000000-0000-7000-8000-${number}`);
    expect((await send("operations.discardJob", id)).status).toBe(404);
    const left = await database.query(
      "SELECT 1 FROM graphile_worker._private_jobs WHERE id = $1",
      [job?.id],
    );
    expect(left).toHaveLength(1);
  });

  test("a worker says that it is alive, and how its jobs ended; stopped in order, it is gone", async () => {
    const { workers } = await getSystem(w.ctx);
    expect(workers).toEqual([
      expect.objectContaining({
        pid: process.pid,
        is_inline: false,
        is_alive: true,
      }),
    ]);
    const { checks } = await health();
    expect(checks.worker).toEqual({ ok: true });
    await worker?.stop();
    worker = undefined;
    const after = await getSystem(w.ctx);
    expect(after.workers).toEqual([]);
    const task = after.queue.tasks.find(
      (one) => one.task === "nobody_does_this",
    );
    expect(task?.last).toMatchObject({ status: "succeeded", error: null });
  });
});
