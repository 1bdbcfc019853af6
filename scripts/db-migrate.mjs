// npm run db:migrate: applies prisma/migrations to DATABASE_URL. Without one, to an empty
// database that is thrown away, which shows that they apply.
import { parseArgs } from "node:util";
import { migrate, resolveMigration } from "./lib/migrate.mjs";
import { describeProblem, Problem } from "./lib/problem.mjs";
import { withDatabase } from "./lib/throw-away-database.mjs";

const USAGE = `Usage: npm run db:migrate
       npm run db:migrate -- --applied NAME       NAME was cut off, but what it makes is there
       npm run db:migrate -- --rolled-back NAME   NAME failed: try it again`;

try {
  const settle = readArguments();
  await withDatabase((url) => run(url, settle));
} catch (error) {
  console.error(describeProblem(error));
  process.exitCode = 1;
}

async function run(url, { applied, "rolled-back": rolledBack }) {
  const options = { log: (line) => console.log(line) };
  const name = applied ?? rolledBack;
  if (name !== undefined) {
    const as = applied === undefined ? "rolled-back" : "applied";
    await resolveMigration(url, { ...options, name, as });
  }
  const result = await migrate(url, options);
  for (const done of result.applied) console.log(`applied ${done}`);
  if (result.applied.length === 0)
    console.log("Nothing to do: the database has every migration.");
  if (!process.env.DATABASE_URL)
    console.log("DATABASE_URL is not set: this was an empty, temporary one.");
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        applied: { type: "string" },
        "rolled-back": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n${USAGE}`, { cause: error });
  }
}
