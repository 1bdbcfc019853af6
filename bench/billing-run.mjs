// How many invoices a second the billing run makes, against bare inserts of the same rows, and what
// memory the process needs for it.
import "../scripts/lib/node-version.mjs";
import fs from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { connect } from "../scripts/lib/database-client.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { describeDatabase, runSql } from "./lib/sql-calls.mjs";
import { openStand } from "./lib/stand.mjs";
import { print, printTable } from "./lib/table.mjs";

/** @typedef {import("./lib/stand.mjs").Stand} Stand */

/** What one renewal writes, without the parts that only reading decides. */
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

await runScript(async () => {
  const { subscriptions } = readOptions();
  const stand = await openStand();
  const { databaseUrl } = stand;
  print([describeMachine(), await describeDatabase(databaseUrl)]);
  await step(`${subscriptions} subscriptions that are due`, () =>
    addSubscriptions(stand, subscriptions),
  );
  const run = await step(
    "Billing run",
    () => bill(stand, subscriptions),
    ({ seconds }) => `${seconds.toFixed(1)} s`,
  );
  const sample = Math.min(SAMPLE, subscriptions);
  const bare = await step("Bare inserts", () => insertBare(stand, sample));
  printTable(
    `Billing run, ${subscriptions} subscriptions`,
    ["measure", "figure"],
    [
      ["invoices a second", (subscriptions / run.seconds).toFixed(0)],
      ["bare inserts of their rows a second", (sample / bare).toFixed(0)],
      ["ratio", ((subscriptions / run.seconds) * (bare / sample)).toFixed(3)],
      ["memory before, MB", run.before.toFixed(0)],
      ["memory at most, MB", run.most.toFixed(0)],
    ],
  );
});

function readOptions() {
  const given = readArguments({
    command: "node bench/billing-run.mjs",
    about: "Measures the billing run. A hundred thousand take some minutes.",
    options: {
      subscriptions: {
        type: "string",
        value: "number",
        about: "that are due; default 100000",
      },
    },
  });
  return { subscriptions: Number(given.subscriptions ?? 100_000) };
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
  const ours = "subscription_id IS NOT NULL AND reason = 'subscription_cycle'";
  const [had] = await runSql(
    databaseUrl,
    `SELECT count(*)::int AS n FROM invoices WHERE ${ours}`,
  );
  const startedAt = performance.now();
  await runSql(
    databaseUrl,
    "UPDATE subscriptions SET next_action_at = current_period_end WHERE current_period_end < now() AND status = 'active'",
  );
  await runSql(
    databaseUrl,
    "SELECT graphile_worker.add_job('subscriptions_due', '{}'::json)",
  );
  for (;;) {
    await sleep(250);
    most = Math.max(most, await memoryOf(pid));
    const [row] = await runSql(
      databaseUrl,
      `SELECT count(*)::int AS n FROM invoices WHERE ${ours} AND status <> 'draft'`,
    );
    if (row.n - had.n >= count) break;
    if (performance.now() - startedAt > count * 200 + 120_000)
      throw new Error(`Only ${row.n - had.n} of ${count} were billed in time.`);
  }
  return { seconds: (performance.now() - startedAt) / 1000, before, most };
}

/** Insert copies of the rows of so many invoices, a transaction for each, as a program with nothing to decide would. */
async function insertBare(
  /** @type {Stand} */ { databaseUrl },
  /** @type {number} */ count,
) {
  const client = await connect(databaseUrl);
  try {
    const rows = [];
    for (const table of COPIED) rows.push(await prepareCopy(client, table));
    const startedAt = performance.now();
    for (let i = 0; i < count; i += 1) {
      await client.query("BEGIN");
      for (const copy of rows)
        await client.query({ name: copy.name, text: copy.text });
      await client.query("COMMIT");
    }
    return (performance.now() - startedAt) / 1000;
  } finally {
    await client.end();
  }
}

/** A table of the same columns and indexes, and a statement that adds a row like those of the run. */
async function prepareCopy(
  /** @type {import("pg").Client} */ client,
  /** @type {string} */ table,
) {
  const copy = `bare_${table}`;
  await client.query(`CREATE TABLE ${copy} (LIKE ${table} INCLUDING DEFAULTS)`);
  await client.query(
    `CREATE TABLE ${copy}_row AS SELECT * FROM ${table} ORDER BY ctid DESC LIMIT 1`,
  );
  const { rows } = await client.query(
    `SELECT 1 FROM information_schema.columns WHERE table_name = $1 AND column_name = 'id'`,
    [table],
  );
  if (rows.length > 0) await client.query(`CREATE INDEX ON ${copy} (id)`);
  return {
    name: copy,
    text: `INSERT INTO ${copy} SELECT * FROM ${copy}_row`,
  };
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
