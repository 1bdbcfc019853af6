import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import util from "node:util";
import { readPort } from "./arguments.mjs";
import { claimDataDir } from "./data-dir.mjs";
import { inTurn } from "./postgres.mjs";
import { findCluster } from "./postgres-cluster.mjs";
import { note } from "./report.mjs";
import { ROOT } from "./project-root.mjs";
import { readSecrets } from "./secrets.mjs";

/** The argument that `dataDirOf` reads. */
export const DATA_DIR_OPTION = /** @type {const} */ ({
  type: "string",
  value: "folder",
  about: "database, secrets and logs; default DATA_DIR or .data",
});

const PORT = 3000;

/** Takes the settings in .env into the environment, where they are not set already. */
export function loadSettings() {
  const file = path.join(ROOT, ".env");
  if (!existsSync(file)) return;
  const settings = util.parseEnv(readFileSync(file, "utf8"));
  for (const [name, value] of Object.entries(settings)) {
    process.env[name] ||= value;
  }
}

/**
 * Where the data is, from an argument or DATA_DIR.
 * @param {{ "data-dir"?: string }} [options]
 */
export function dataDirOf({ "data-dir": named } = {}) {
  return path.resolve(
    named ?? (process.env.DATA_DIR || path.join(ROOT, ".data")),
  );
}

/**
 * The port that the app is to have, from an argument or PORT.
 * @param {string | undefined} argument
 * @returns {{ wanted: number, isNamed: boolean }}
 */
export function wantedPort(argument) {
  const named =
    readPort(argument, "--port") ?? readPort(process.env.PORT, "PORT");
  return { wanted: named ?? PORT, isNamed: named !== undefined };
}

/**
 * The environment that the app's programs get.
 * @param {{ databaseUrl: string, dataDir: string, port?: number, mode?: "production" | "development" }} options
 */
export async function appEnvironment(options) {
  const { databaseUrl, dataDir, mode = "production" } = options;
  const port = options.port ?? wantedPort(undefined).wanted;
  return {
    DATABASE_URL: databaseUrl,
    APP_SECRET: givenSecret() || (await appSecret(dataDir)),
    APP_URL: process.env.APP_URL || `http://localhost:${port}`,
    HOST: process.env.HOST || "127.0.0.1",
    PORT: String(port),
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

// The older names are those of src/platform/older-names.ts.
function givenSecret() {
  const { APP_SECRET, FLASK_SECRET_KEY, JWT_SECRET_KEY } = process.env;
  return APP_SECRET || FLASK_SECRET_KEY || JWT_SECRET_KEY;
}

/** @param {string} folder */
async function appSecret(folder) {
  const dataDir = await claimDataDir(folder);
  const secrets = await inTurn({ dataDir, log: note }, async () =>
    readSecrets(dataDir, {
      mayCreate: (await findCluster(dataDir)) === null,
    }),
  );
  return secrets.app_secret;
}
