import { randomBytes } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { codeOf, Problem } from "./problem.mjs";

/** @typedef {{ app_secret: string, database_password: string }} Secrets */

/**
 * The secrets of a data folder, made at first use. Callers hold the folder's lock.
 * @param {string} dataDir
 * @param {{ mayCreate: boolean }} options false when a database exists that older secrets fit
 * @returns {Promise<Secrets>}
 * @throws {Problem} when they are lost or spoilt: new ones would open neither the database nor its keys
 */
export async function readSecrets(dataDir, { mayCreate }) {
  const file = path.join(dataDir, "secrets.json");
  const found = await readPrivateJson(file);
  if (isSecrets(found)) return found;
  if (found !== null || !mayCreate) {
    throw new Problem(
      `The secrets in ${file} are ${found === null ? "missing" : "not complete"}, and the database beside them needs them.`,
      {
        advice:
          "put the file back from a backup, or begin anew with --reset (this deletes the data).",
      },
    );
  }
  const secrets = { app_secret: random(), database_password: random() };
  await writePrivateJson(file, secrets);
  return secrets;
}

/**
 * @param {string} file
 * @returns {Promise<unknown>} null when there is no such file
 * @throws {Problem} when it is not JSON or may not be read
 */
export async function readPrivateJson(file) {
  try {
    return JSON.parse(await fs.readFile(file, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new Problem(`${file} cannot be read.`, {
      output: String(error),
      advice: "mend or remove that file, or begin anew with --reset.",
      cause: error,
    });
  }
}

/**
 * Writes a file that only its owner may read; it appears whole or not at all.
 * @param {string} file
 * @param {unknown} value
 */
export async function writePrivateJson(file, value) {
  const draft = `${file}.new`;
  await fs.rm(draft, { force: true });
  const handle = await fs.open(draft, "wx", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(draft, file);
}

function random() {
  return randomBytes(32).toString("base64url");
}

/**
 * @param {unknown} value
 * @returns {value is Secrets}
 */
function isSecrets(value) {
  return (
    typeof value === "object" &&
    value !== null &&
    "app_secret" in value &&
    typeof value.app_secret === "string" &&
    value.app_secret.length >= 32 &&
    "database_password" in value &&
    typeof value.database_password === "string" &&
    value.database_password !== ""
  );
}
