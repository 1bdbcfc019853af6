// How many invoices a second the billing run makes, against bare inserts of the same rows, and what
// memory the process needs for it.
import "../scripts/lib/node-version.mjs";
import fs from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { insertBare } from "./lib/bare-inserts.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { describeDatabase, runSql } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { print, printTable } from "./lib/table.mjs";

/** @typedef {import("./lib/stand.mjs").Stand} Stand */

/** What a renewal writes into, but for the rows that it changes. */
const COPIED = [
  "invoices",
  "invoice_lines",
  "ledger_transactions",
  "ledger_entries",
  "subscription_changes",
  "audit_log",
  "outbox",
];
const SAMPLE = 2_000;
const TOGETHER = 200;

await runScript(async () => {
  const { subscriptions, profile } = readOptions();
  const stand = await openStand({ ...(profile && { profile }) });
  const { databaseUrl } = stand;
  print([describeMachine(), await describeDatabase(databaseUrl)]);
  await step(`${subscriptions} subscriptions that are due`, () =>
    addSubscriptions(stand, subscriptions),
  );
  const before = await countRows(databaseUrl);
  const run = await step(
    "Billing run",
    () => bill(stand, subscriptions),
    ({ seconds }) => `${seconds.toFixed(1)} s`,
  );
  const after = await countRows(databaseUrl);
  await step("Nothing double, all sums agree", () =>
    checkBooks(databaseUrl, subscriptions),
  );
  const each = COPIED.map((table) => ({
    table,
    rows: Math.round(
      ((after[table] ?? 0) - (before[table] ?? 0)) / subscriptions,
    ),
  }));
  const sample = Math.min(SAMPLE, subscriptions);
  const bare = await step("Bare inserts", () =>
    insertBare(databaseUrl, each, sample, TOGETHER),
  );
  printTable(
    `Billing run, ${subscriptions} subscriptions`,
    ["measure", "figure"],
    figures(subscriptions / run.seconds, sample, bare, run),
  );
  printTable(
    "Memory of the server during the run, MB",
    ["at", "resident"],
    run.samples,
  );
  printTable(
    "What the invoices caused, and how much of it is left to do",
    ["task", "jobs"],
    (await waitingJobs(databaseUrl)).map(({ task, n }) => [task, String(n)]),
  );
});

/**
 * @param {number} rate
 * @param {number} sample
 * @param {{ single: number, together: number }} bare
 * @param {{ before: number, most: number }} run
 */
function figures(rate, sample, bare, run) {
  const single = sample / bare.single;
  const together = sample / bare.together;
  return [
    ["invoices a second", rate.toFixed(0)],
    [
      "bare inserts of their rows a second, a transaction each",
      single.toFixed(0),
    ],
    [`the same, ${TOGETHER} invoices a transaction`, together.toFixed(0)],
    ["invoices ÷ bare, a transaction each", (rate / single).toFixed(2)],
    [
      `invoices ÷ bare, ${TOGETHER} a transaction`,
      (rate / together).toFixed(3),
    ],
    ["memory before, MB", run.before.toFixed(0)],
    ["memory at most, MB", run.most.toFixed(0)],
  ];
}

function readOptions() {
  const given = readArguments({
    command: "node bench/billing-run.mjs",
    about: "Measures the billing run. A hundred thousand take some minutes.",
    options: {
      subscriptions: {
        type: "string",
        value: "number",
        about: "that are due; default 2000",
      },
      profile: {
        type: "string",
        value: "file",
        about: "that gets the server's CPU profile",
      },
    },
  });
  return {
    subscriptions: Number(given.subscriptions ?? 2_000),
    profile: given.profile,
  };
}

/** Customers, each with a subscription of $10 a month whose period ended a minute ago. */
async function addSubscriptions(
  /** @type {Stand} */ { databaseUrl },
  /** @type {number} */ count,
) {
  await runSql(
    databaseUrl,
    `WITH made AS (
       INSERT INTO customers (id, email, full_name, currency, time_zone, status, updated_at)
       SELECT uuid_v7(), 'payer' || n || '@bench.example', 'Payer ' || n, 'USD', 'UTC', 'active', now()
       FROM generate_series(1, $1) n RETURNING id
     )
     INSERT INTO subscriptions (id, customer_id, plan_version_id, status, has_access, currency, interval,
       amount_minor, anchor_at, time_zone, current_period_start, current_period_end, next_action_at, updated_at)
     SELECT uuid_v7(), made.id, (SELECT v.id FROM plan_versions v JOIN plan_prices p ON p.plan_version_id = v.id LIMIT 1),
       'active', true, 'USD', 'month', 1000, now() - interval '1 month 1 minute', 'UTC',
       now() - interval '1 month 1 minute', now() - interval '1 minute', now() + interval '1 day', now()
     FROM made`,
    [count],
  );
  await runSql(databaseUrl, "ANALYZE customers, subscriptions");
}

/** Have the worker run the job that bills, and wait until every invoice is there. */
async function bill(
  /** @type {Stand} */ { databaseUrl, port },
  /** @type {number} */ count,
) {
  const pid = await serverAt(port);
  const before = await memoryOf(pid);
  let most = before;
  /** @type {string[][]} */
  const samples = [["before", before.toFixed(0)]];
  const had = await countBilled(databaseUrl);
  const startedAt = performance.now();
  await runSql(
    databaseUrl,
    "UPDATE subscriptions SET next_action_at = current_period_end WHERE current_period_end < now() AND status = 'active'",
  );
  await runSql(
    databaseUrl,
    "SELECT graphile_worker.add_job('subscriptions_due', '{}'::json)",
  );
  let billed = 0;
  while (billed < count) {
    await sleep(250);
    const memory = await memoryOf(pid);
    most = Math.max(most, memory);
    billed = (await countBilled(databaseUrl)) - had;
    const quarter = Math.floor((billed * 4) / count);
    if (quarter >= samples.length)
      samples.push([`${billed} billed`, memory.toFixed(0)]);
    if (performance.now() - startedAt > count * 20 + 240_000)
      throw new Error(`Only ${billed} of ${count} were billed in time.`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, before, most, samples };
}

/** @param {string} databaseUrl */
async function countBilled(databaseUrl) {
  const [row] = await runSql(
    databaseUrl,
    "SELECT coalesce(sum(last), 0)::int AS n FROM invoice_series",
  );
  return row.n;
}

/** @param {string} databaseUrl @returns {Promise<Record<string, number>>} */
async function countRows(databaseUrl) {
  const counts = COPIED.map(
    (table) => `(SELECT count(*) FROM ${table})::int AS ${table}`,
  );
  const [row] = await runSql(databaseUrl, `SELECT ${counts.join(", ")}`);
  return row;
}

/** Throws unless each period was billed once, numbers have no gap, and the books balance. */
async function checkBooks(
  /** @type {string} */ databaseUrl,
  /** @type {number} */ count,
) {
  const [row] = await runSql(
    databaseUrl,
    `SELECT
       (SELECT count(*) FROM invoices WHERE reason = 'subscription_cycle' AND status = 'open'
          AND billing_key LIKE '%:period:1' AND total_minor = 1000)::int AS billed,
       (SELECT count(*) FROM (SELECT subscription_id, period_start FROM invoices
          WHERE reason = 'subscription_cycle' GROUP BY 1, 2 HAVING count(*) > 1) d)::int AS double,
       (SELECT count(*) FROM invoice_series s WHERE s.series LIKE 'INV%' AND s.last <> (SELECT count(*) FROM invoices i
          WHERE i.number LIKE s.series || '-%'))::int AS gaps,
       (SELECT count(*) FROM (SELECT currency FROM ledger_entries GROUP BY 1 HAVING sum(amount_minor) <> 0) u)::int AS unbalanced,
       (SELECT count(*) FROM invoices i WHERE status <> 'draft' AND subtotal_minor + tax_minor <> total_minor
          OR total_minor <> (SELECT sum(amount_minor - discount_minor) FROM invoice_lines l WHERE l.invoice_id = i.id)
             + (SELECT coalesce(sum(CASE WHEN t.is_inclusive THEN 0 ELSE t.tax_minor END), 0) FROM invoice_taxes t WHERE t.invoice_id = i.id))::int AS sums,
       (SELECT count(*) FROM customers c WHERE email LIKE 'payer%@bench.example' AND (balance_minor <> -1000 OR invoices_outstanding <> 1))::int AS totals,
       (SELECT count(*) FROM subscriptions WHERE next_action_at <= now())::int AS due`,
  );
  const expected = {
    billed: count,
    double: 0,
    gaps: 0,
    unbalanced: 0,
    sums: 0,
    totals: 0,
    due: 0,
  };
  if (JSON.stringify(row) !== JSON.stringify(expected))
    throw new Error(`The books are wrong: ${JSON.stringify(row)}`);
}

/** @param {string} databaseUrl @returns {Promise<{ task: string, n: number }[]>} */
async function waitingJobs(databaseUrl) {
  return runSql(
    databaseUrl,
    `SELECT t.identifier AS task, count(*)::int AS n FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id GROUP BY 1 ORDER BY 2 DESC`,
  );
}

/** The process that serves a port, on Linux. @param {number} port */
async function serverAt(port) {
  for (const name of await fs.readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const [command, environment] = await Promise.all([
      fs.readFile(`/proc/${name}/cmdline`, "utf8").catch(() => ""),
      fs.readFile(`/proc/${name}/environ`, "utf8").catch(() => ""),
    ]);
    if (!command.includes("server.mjs")) continue;
    if (environment.split("\0").includes(`PORT=${port}`)) return Number(name);
  }
  throw new Error(`No process serves port ${port}.`);
}

/** Resident memory in MB. @param {number} pid */
async function memoryOf(pid) {
  const status = await fs.readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
