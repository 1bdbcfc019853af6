import { setTimeout as sleep } from "node:timers/promises";
import { step } from "../../scripts/lib/report.mjs";
import { describeMachine } from "./quiet.mjs";
import { describeDatabase, runSql } from "./sql-calls.mjs";
import { print } from "./table.mjs";

const DUE = `SELECT count(*)::int AS due FROM graphile_worker._private_jobs
  WHERE run_at <= now() AND attempts < max_attempts`;

/**
 * Waits until a stand has nothing left to do but what is measured, and prints what it stands on.
 * @param {Pick<import("./stand.mjs").Stand, "databaseUrl">} stand
 */
export async function settle(stand) {
  await jobsDone(stand);
  print([describeMachine(), await describeDatabase(stand.databaseUrl)]);
}

/**
 * Waits until the server has done the jobs that setting up has left: it does them beside its calls.
 * @param {Pick<import("./stand.mjs").Stand, "databaseUrl">} stand
 */
async function jobsDone({ databaseUrl }) {
  await step("Jobs", async () => {
    for (;;) {
      const [row] = await runSql(databaseUrl, DUE);
      if (row.due === 0) return;
      await sleep(500);
    }
  });
}
