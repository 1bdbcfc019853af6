import fs from "node:fs/promises";
import path from "node:path";
import { codeOf, Problem } from "./problem.mjs";

const MARK = "tollkeeper.json";

/**
 * Makes a folder ours: an empty or new one is marked, a marked one is taken as it is.
 * @param {string} dataDir
 * @returns {Promise<string>} its real path
 * @throws {Problem} when it holds something else or may not be written
 */
export async function claimDataDir(dataDir) {
  const folder = path.resolve(dataDir);
  try {
    // Root's PostgreSQL runs as another user, who has to pass through.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    const made = await fs.mkdir(folder, { recursive: true, mode });
    if (made === undefined) await takeExisting(folder);
    if (process.getuid?.() === 0) await letOthersPass(folder);
    await mark(folder);
    return await fs.realpath(folder);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`The data folder ${folder} cannot be used.`, {
      output: String(error),
      advice: "choose a folder that you may write to with --data-dir.",
      cause: error,
    });
  }
}

/**
 * Whether a folder is marked as one of ours.
 * @param {string} dataDir
 */
export async function isDataDir(dataDir) {
  return fs.access(path.join(dataDir, MARK)).then(
    () => true,
    () => false,
  );
}

/** @param {string} folder */
async function takeExisting(folder) {
  const { uid } = await fs.stat(folder);
  const self = process.getuid?.() ?? 0;
  const isMarked = await isDataDir(folder);
  if (uid !== self && (self !== 0 || isMarked)) {
    throw new Problem(
      `The data folder ${folder} belongs to another user (user id ${uid}).`,
      {
        advice:
          "run as that user, choose another folder with --data-dir, or have its owner hand it over (chown -R).",
      },
    );
  }
  if (isMarked) return;
  const entries = await fs.readdir(folder);
  if (
    entries.every((name) => /^(\.|lost\+found$|tollkeeper\.json$)/.test(name))
  )
    return;
  throw new Problem(
    `The folder ${folder} is not empty and was not made by Tollkeeper.`,
    { advice: "choose an empty or a new folder with --data-dir." },
  );
}

/** @param {string} folder */
async function letOthersPass(folder) {
  const { mode } = await fs.stat(folder);
  if ((mode & 0o001) === 0) await fs.chmod(folder, mode | 0o011);
}

/** @param {string} folder */
async function mark(folder) {
  const text = `${JSON.stringify({ made_by: "tollkeeper", layout: 1 })}\n`;
  try {
    await fs.writeFile(path.join(folder, MARK), text, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
}
