import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { bundle, ENTRIES } from "./bundle.mjs";
import { runNode } from "./child-process.mjs";
import { withLock } from "./lock.mjs";
import { ROOT } from "./project-root.mjs";
import { hashSchema, hashSources } from "./sources.mjs";

// Next has a folder of its own, .next.
const BUILD = path.join(ROOT, ".build");

/** Where `npm run dev` puts its program, apart from those that are built. */
export const DEV_BUILD = path.join(BUILD, "dev");

const CLIENT = path.join(ROOT, "src", "platform", "db", "generated");
const STAMP = path.join(BUILD, "stamp.json");

/**
 * What a part was last built from; a part that is being built has no hash.
 * @typedef {{ client?: string, bundles?: string, pages?: string }} Stamp
 */

/** @typedef {{ log: (line: string) => void }} BuildOptions */

/**
 * Builds what is not built from the sources as they are: the database client, the programs
 * (.build/server.mjs, worker.mjs, cli.mjs, pdf.mjs) and the pages. Of two scripts at once, one builds and the other waits.
 * @param {BuildOptions & { force?: boolean }} options
 * @returns {Promise<string>} what was done, in words
 * @throws {import("./problem.mjs").Problem} with the compiler's words
 */
export async function ensureBuilt({ log, force = false }) {
  return whenFree(log, async () => {
    if (force) await writeStamp({});
    const client = await refreshClient(log);
    const hash = await hashSources();
    const bundles = await refreshBundles(hash);
    const pages = await refreshPages(hash, log);
    return client || bundles || pages ? "built" : "up to date";
  });
}

/**
 * Builds the programs only, which takes a second: enough for jobs and for commands.
 * @param {BuildOptions} options
 */
export async function ensureBundles({ log }) {
  await whenFree(log, async () => {
    await refreshClient(log);
    await refreshBundles(await hashSources());
  });
}

/**
 * Generates the database client when the schema has changed.
 * @param {BuildOptions} options
 */
export async function ensureClient({ log }) {
  await whenFree(log, () => refreshClient(log));
}

/**
 * The file of a built program.
 * @param {"server" | "worker" | "cli"} name
 */
export function programOf(name) {
  return path.join(BUILD, `${name}.mjs`);
}

/**
 * @template T
 * @param {(line: string) => void} log
 * @param {() => Promise<T>} work
 */
function whenFree(log, work) {
  return withLock(path.join(BUILD, "build.lock"), work, {
    onWait: (pid) => log(`waiting for process ${pid}, which builds`),
  });
}

/** @param {(line: string) => void} log */
async function refreshClient(log) {
  const hash = await hashSchema();
  const exists = existsSync(path.join(CLIENT, "client.ts"));
  return refresh("client", hash, exists, async () => {
    log("generating the database client");
    const prisma = path.join("node_modules", "prisma", "build", "index.js");
    await runNode([prisma, "generate"], {
      name: "npx prisma generate",
      advice: "mend prisma/schema as it says, and try again.",
      env: { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    });
  });
}

/** @param {string} hash */
function refreshBundles(hash) {
  const exists = ENTRIES.every((name) =>
    existsSync(path.join(BUILD, `${name}.mjs`)),
  );
  return refresh("bundles", hash, exists, () => bundle({ folder: BUILD }));
}

/**
 * @param {string} hash
 * @param {(line: string) => void} log
 */
function refreshPages(hash, log) {
  const exists = existsSync(path.join(ROOT, ".next", "BUILD_ID"));
  return refresh("pages", hash, exists, async () => {
    log("building the pages (this takes up to a minute)");
    const next = path.join("node_modules", "next", "dist", "bin", "next");
    await runNode([next, "build"], {
      name: "npx next build",
      advice: "mend the file that it names, and try again.",
      env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
  });
}

/**
 * @param {keyof Stamp} part
 * @param {string} hash
 * @param {boolean} exists
 * @param {() => Promise<unknown>} make
 * @returns {Promise<boolean>} whether it had to be made
 */
async function refresh(part, hash, exists, make) {
  const { [part]: last, ...others } = await readStamp();
  if (exists && last === hash) return false;
  await writeStamp(others);
  await make();
  await writeStamp({ ...others, [part]: hash });
  return true;
}

/** @returns {Promise<Stamp>} */
async function readStamp() {
  try {
    return JSON.parse(await fs.readFile(STAMP, "utf8"));
  } catch {
    return {}; // none, or cut off: everything is built again
  }
}

/** @param {Stamp} stamp */
async function writeStamp(stamp) {
  await fs.writeFile(`${STAMP}.new`, JSON.stringify(stamp));
  await fs.rename(`${STAMP}.new`, STAMP);
}
