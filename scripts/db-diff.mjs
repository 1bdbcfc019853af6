// npm run db:diff -- --name add_x: writes the migration from prisma/migrations to prisma/schema.
// npm run db:diff -- --check: fails where the two, or DATABASE_URL's tables, differ.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./lib/project-root.mjs";
import { diffDatabase, diffMigrations } from "./lib/schema-drift.mjs";
import { describeProblem, Problem } from "./lib/problem.mjs";
import { withDatabase } from "./lib/throw-away-database.mjs";

const USAGE = `Usage: npm run db:diff -- --name add_invoices   write prisma/migrations/<time>_add_invoices/migration.sql
       npm run db:diff -- --check               fail where prisma/schema, the migrations and DATABASE_URL's tables differ`;

try {
  process.exitCode = await main(readArguments());
} catch (error) {
  console.error(describeProblem(error));
  process.exitCode = 1;
}

async function main({ name, check }) {
  if (check) return checkDrift();
  if (name === undefined) throw new Problem(USAGE);
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) || name.length > 60)
    throw new Problem(
      `"${name}" is no name for a migration: use at most 60 lower-case letters and digits, in words joined by "_", like add_invoices.`,
    );
  return writeMigration(name);
}

function readArguments() {
  try {
    return parseArgs({
      options: { name: { type: "string" }, check: { type: "boolean" } },
    }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n${USAGE}`, { cause: error });
  }
}

async function writeMigration(name) {
  const sql = await withDatabase((url) => diffMigrations(url));
  if (sql === "") {
    console.log("Nothing to do: the migrations lead to prisma/schema.");
    return 0;
  }
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = path.join("prisma/migrations", `${time}_${name}/migration.sql`);
  await mkdir(path.dirname(path.join(ROOT, file)));
  await writeFile(path.join(ROOT, file), `${sql}\n`, { flag: "wx" });
  console.log(`Wrote ${file}. Read it, then run: npm run db:migrate`);
  return 0;
}

async function checkDrift() {
  const own = process.env.DATABASE_URL !== undefined;
  return withDatabase(async (url) => {
    const missing = await diffMigrations(url);
    if (missing !== "") {
      console.error(`${missing}\n`);
      console.error(
        "prisma/schema and prisma/migrations differ by the SQL above. Run: npm run db:diff -- --name …",
      );
      return 1;
    }
    const drift = own ? await diffDatabase(url) : "";
    if (drift !== "") {
      console.error(`${drift}\n`);
      console.error(
        "The database differs from prisma/migrations by the above. Run npm run db:migrate, or undo what was changed by hand.",
      );
      return 1;
    }
    console.log("prisma/schema, the migrations and the database agree.");
    return 0;
  });
}
