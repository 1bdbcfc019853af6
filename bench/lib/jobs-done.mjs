import { setTimeout as sleep } from "node:timers/promises";
import { step } from "../../scripts/lib/report.mjs";
import { runSql } from "./sql-calls.mjs";

const DUE = `SELECT count(*)::int AS due FROM graphile_worker._private_jobs
  WHERE run_at <= now() AND attempts < max_attempts`;

/**
 * Waits until the server has done the jobs that setting up has left: it does them beside its calls.
 * @param {Pick<import("./stand.mjs").Stand, "databaseUrl">} stand
 */
export async function jobsDone({ databaseUrl }) {
  await step("Jobs", async () => {
    for (;;) {
      const [row] = await runSql(databaseUrl, DUE);
      if (row.due === 0) return;
      await sleep(500);
    }
  });
}
