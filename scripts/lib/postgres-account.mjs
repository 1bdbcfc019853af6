import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { Problem } from "./problem.mjs";

const run = promisify(execFile);

/**
 * @typedef {object} Account the user that the server runs as
 * @property {number} uid
 * @property {number} gid
 * @property {boolean} isOther whether that is somebody else than we are, because we are root
 */

/**
 * The user that PostgreSQL runs as: ourselves, or for root, whom it refuses, the user `postgres`.
 * @returns {Promise<Account>}
 */
export async function serverAccount() {
  const uid = process.getuid?.() ?? -1;
  const gid = process.getgid?.() ?? -1;
  if (uid !== 0) return { uid, gid, isOther: false };
  const found = (await findUser("postgres")) ?? (await addUser("postgres"));
  return { ...found, isOther: true };
}

/**
 * Whether an account can reach a folder: it needs the x bit on that and on each folder above.
 * @param {string} folder
 * @param {Account} account
 */
export async function mayEnter(folder, account) {
  if (!account.isOther) return true;
  for (let at = await fs.realpath(folder); ; at = path.dirname(at)) {
    if (!allows(await fs.stat(at), account, 0o1)) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Whether a file's mode lets an account do something.
 * @param {import("node:fs").Stats} stat
 * @param {Account} account
 * @param {number} bits as in the last digit of a mode
 */
export function allows({ mode, uid, gid }, account, bits) {
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** @param {string} name */
async function findUser(name) {
  try {
    const [uid, gid] = await Promise.all([
      run("id", ["-u", name]),
      run("id", ["-g", name]),
    ]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** @param {string} name */
async function addUser(name) {
  const flags = ["--system", "--user-group", "--no-create-home"];
  try {
    await run("useradd", [...flags, "--shell", "/usr/sbin/nologin", name]);
  } catch (cause) {
    const madeMeanwhile = await findUser(name);
    if (madeMeanwhile) return madeMeanwhile;
    throw new Problem(
      `PostgreSQL cannot run as root, and the system user ${name} could not be made for it.`,
      {
        command: `useradd --system ${name}`,
        output: String(cause),
        advice:
          "run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.",
        cause,
      },
    );
  }
  const found = await findUser(name);
  if (found) return found;
  throw new Problem(`The new system user ${name} cannot be found.`, {
    advice: "run as an ordinary user.",
  });
}
