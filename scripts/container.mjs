// What a container runs: `server` or `worker`, each after the migrations that the database lacks, or `migrate`
// alone; anything else is a command of the CLI. One process, so that it gets the signals itself.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { migrate } from "./lib/migrate.mjs";
import { describeProblem, Problem } from "./lib/problem.mjs";
import { ROOT } from "./lib/project-root.mjs";

const PROGRAMS = {
  server: serve,
  worker: () => import("../.build/worker.mjs"),
  migrate: () => undefined,
};

try {
  const [name = "server"] = process.argv.slice(2);
  if (isProgram(name)) {
    await bringUpToDate();
    await PROGRAMS[name]();
  } else {
    await import("../.build/cli.mjs");
  }
} catch (error) {
  console.error(describeProblem(error));
  process.exit(1);
}

// Next would read next.config.mjs anew, with a compiler that is not here: it is told what it read when it built.
async function serve() {
  const file = path.join(ROOT, ".next", "required-server-files.json");
  const { config } = JSON.parse(await readFile(file, "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  await import("../.build/server.mjs");
}

async function bringUpToDate() {
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Problem("DATABASE_URL is not set.", {
      advice: "give the container the address of a PostgreSQL.",
    });
  const { applied } = await migrate(url, {
    log: (line) => console.error(line),
  });
  for (const done of applied) console.error(`applied ${done}`);
}

/**
 * @param {string} name
 * @returns {name is keyof typeof PROGRAMS}
 */
function isProgram(name) {
  return Object.hasOwn(PROGRAMS, name);
}
