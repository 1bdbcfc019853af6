import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/**
 * The last migration of the backup that the arguments of a restore name.
 * @param {string[]} args
 * @returns {Promise<string | null>} null where the file is none: the program says so
 */
export async function lastMigrationOf(args) {
  const at = args.indexOf("--from");
  const file =
    at === -1
      ? args.find((word) => word.startsWith("--from="))?.slice("--from=".length)
      : args[at + 1];
  if (!file) return null;
  try {
    const lines = createInterface({
      input: createReadStream(file).pipe(createGunzip()),
    });
    for await (const line of lines) {
      lines.close();
      return JSON.parse(line).migrations.at(-1) ?? null;
    }
  } catch {
    // Not to be read: the program that restores says why.
  }
  return null;
}
