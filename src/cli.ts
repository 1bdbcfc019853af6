import path from "node:path";
import { Command } from "commander";
import { seed } from "../prisma/seed";
import { openapi } from "@/http/openapi";
import { sealAudit, verifyAudit } from "@/modules/audit";
import {
  backUp,
  forgetRunning,
  restore,
  verifyBackup,
} from "@/modules/backups";
import { addStaffWithPassword, issueSetupToken } from "@/modules/identity";
import { issueKey } from "@/modules/keys";
import { rotateSigningKey } from "@/modules/licenses";
import { listErasures, replayErasures } from "@/modules/privacy";
import { recountUsage } from "@/modules/usage";
import { disconnect } from "@/platform/db";
import { env } from "@/platform/env";
import { readRegister } from "@/platform/erasure-register";
import { settingsTable } from "@/platform/settings-table";
import { systemCtx } from "@/platform/jobs";
import { randomText } from "@/shared/ids";
import { startOfUtcDay, utcDay } from "@/shared/time";
import { staffRoles, type StaffRole } from "@/shared/permissions";

const program = new Command("tollkeeper")
  .description("Administration of this installation")
  .showHelpAfterError();

program
  .command("seed")
  .description("fill an empty database with a scenario")
  .requiredOption("--scenario <name>", "demo, empty, isp, llm or heavy-usage")
  .option("--size <customers>", "customers of heavy-usage", Number)
  .option("--json", "print the sign-ins as one line of JSON")
  .action(async (options: { scenario: string; size?: number; json?: true }) => {
    const result = await seed(systemCtx("seed"), options);
    print(options.json ? JSON.stringify(result) : describe(result));
  });

program
  .command("set-up-link")
  .description("print a new one-time link for the first owner")
  .action(async () => {
    const token = await issueSetupToken(systemCtx("cli"));
    if (!token) throw new Error("There is an owner already. Sign in.");
    print(`${env().APP_URL}/set-up?token=${token}`);
  });

program
  .command("create-staff")
  .description("add a member of staff with a random password")
  .requiredOption("--email <email>")
  .requiredOption("--name <name>")
  .option("--role <role>", staffRoles.join(", "), "admin")
  .action(async (options: { email: string; name: string; role: string }) => {
    if (!isStaffRole(options.role))
      throw new Error(`--role is one of ${staffRoles.join(", ")}`);
    const password = randomText(20);
    await addStaffWithPassword(systemCtx("cli"), {
      email: options.email.normalize("NFKC").trim().toLowerCase(),
      full_name: options.name,
      role: options.role,
      password,
    });
    print(`${options.email} ${password}`);
  });

program
  .command("issue-key")
  .description("issue an API key to a customer and print it")
  .requiredOption("--customer <id>", "cus_…")
  .option("--name <name>", "what to call it", "API key")
  .action(async (options: { customer: string; name: string }) => {
    const { key } = await issueKey(systemCtx("cli"), {
      customer_id: options.customer,
      name: options.name,
    });
    print(key);
  });

program
  .command("usage")
  .description("what is counted of usage")
  .command("recount")
  .description("count events again, and mend sums that differ from them")
  .option("--from <day>", "the first UTC day; two days ago unless given")
  .option("--to <day>", "the last UTC day; today unless given")
  .option("--customer <id>", "cus_…; everybody unless given")
  .action(async (given: { from?: string; to?: string; customer?: string }) => {
    const today = utcDay(new Date());
    const { mended } = await recountUsage(systemCtx("cli"), {
      from: given.from ?? utcDay(startOfUtcDay(new Date(), -2)),
      to: given.to ?? today,
      customerId: given.customer ?? null,
    });
    for (const { rollup, customer_id, meter, rows, calls, cost } of mended)
      print(
        `${rollup} ${meter ?? ""} of ${customer_id ?? "everyone"}: ${rows} rows, ${calls} calls and ${cost} USD off`,
      );
    print(mended.length === 0 ? "nothing differs" : "mended");
  });

program
  .command("licenses")
  .description("what signs license files")
  .command("rotate-key")
  .description("sign license files with a new key; the old one stays listed")
  .action(async () => {
    const { kid, public_key } = await rotateSigningKey(systemCtx("cli"));
    print(`${kid} ${public_key}`);
  });

const audit = program.command("audit").description("the audit log's chain");

audit
  .command("seal")
  .description("seal the entries that the worker has not sealed yet")
  .action(async () => {
    const { sealed } = await sealAudit(systemCtx("cli"), { all: true });
    print(`${sealed} entries sealed`);
  });

audit
  .command("verify")
  .description("check every entry and name what was edited, removed or forged")
  .option("--head <head>", "a head printed earlier, which must still be there")
  .action(async (options: { head?: string }) => {
    const verdict = await verifyAudit(systemCtx("cli"), options);
    const { findings, findings_total: total } = verdict;
    for (const { kind, message } of findings) print(`${kind}: ${message}`);
    if (total > findings.length)
      print(`… and ${total - findings.length} more findings`);
    const redacted =
      verdict.redacted > 0
        ? ` (${verdict.redacted} of them redacted by erasures)`
        : "";
    print(
      `${verdict.sealed} sealed and ${verdict.unsealed} unsealed entries${redacted} checked in ${verdict.duration_ms} ms: ${total === 0 ? "nothing is wrong" : `${total} ${total === 1 ? "finding" : "findings"}`}`,
    );
    if (verdict.head) print(`head ${verdict.head}`);
    if (total > 0) process.exitCode = 1;
  });

const backup = program
  .command("backup")
  .description("write the whole database into a file, while the app runs")
  .option("--to <file>", "where to")
  .action(async ({ to }: { to?: string }) => {
    if (!to) throw new Error("Say where to: backup --to FILE");
    const { rows, tables, bytes } = await backUp(systemCtx("cli"), to);
    print(`${rows} rows of ${tables} tables in ${bytes} bytes: ${to}`);
  });

backup
  .command("verify <file>")
  .description("check that a backup is whole and as it was written")
  .action(async (file: string) => {
    const { header, footer } = await verifyBackup(file);
    print(
      `${footer.rows} rows of ${footer.tables} tables, made at ${header.made_at}, at migration ${header.migrations.at(-1)}: whole`,
    );
    for (const [name, sum] of Object.entries(footer.sums))
      print(`${name}: ${sum}`);
  });

program
  .command("restore")
  .description("fill an empty database from a backup; stop the app before")
  .requiredOption("--from <file>", "what backup wrote")
  .option("--overwrite", "remove what is in the database")
  .option("--erasures <file>", "who was erased since; erasures.ndjson beside")
  .action(async (given: { from: string; overwrite?: true }) => {
    const { header, footer } = await restore(systemCtx("cli"), given.from, {
      overwrite: given.overwrite ?? false,
    });
    print(
      `${footer.rows} rows of ${footer.tables} tables restored, as they were at ${header.made_at}`,
    );
  });

// Once the database has the migrations of this version: npm run cli restore comes here by itself.
program
  .command("restored")
  .description("erase again who was erased since, and check the audit log")
  .requiredOption("--from <file>", "the backup that was restored")
  .option("--overwrite", "as restore was told")
  .option("--erasures <file>", "who was erased since; erasures.ndjson beside")
  .action(async (given: { from: string; erasures?: string }) => {
    const ctx = systemCtx("cli");
    const beside = path.join(path.dirname(given.from), "erasures.ndjson");
    const lines = await readRegister(given.erasures ?? beside);
    await forgetRunning(ctx);
    const { erased, waiting } = await replayErasures(ctx, lines);
    print(`${erased} customers erased again`);
    for (const { id, waits_for } of waiting)
      print(`${id} is not erased yet: ${waits_for ?? "the worker goes on"}`);
    await sealAudit(ctx, { all: true });
    const { findings_total: wrong, head } = await verifyAudit(ctx);
    print(
      `audit log: ${wrong === 0 ? "nothing is wrong" : `${wrong} findings`}, head ${head ?? "none"}`,
    );
    if (wrong > 0) process.exitCode = 1;
  });

program
  .command("erasures")
  .description("print who was erased, for restore --erasures")
  .action(async () => {
    for (const line of await listErasures(systemCtx("cli")))
      print(JSON.stringify(line));
  });

program
  .command("environment")
  .description("print the table of settings that README.md holds")
  .action(() => print(settingsTable()));

program
  .command("openapi")
  .description("print the OpenAPI document")
  .action(() => print(JSON.stringify(openapi(), null, 2)));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  if (!["openapi", "environment"].includes(program.args[0] ?? ""))
    await disconnect();
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function isStaffRole(role: string): role is StaffRole {
  return staffRoles.some((known) => known === role);
}

function describe(result: object): string {
  return Object.entries(result)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join("\n");
}
