import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeExit } from "./shutdown.mjs";

/**
 * Makes a folder for as long as this process lives, at most.
 * @param {string} purpose a word for its name
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function makeTemporaryFolder(purpose) {
  const folder = await mkdtemp(path.join(tmpdir(), `tollkeeper-${purpose}-`));
  const options = { recursive: true, force: true };
  const stop = () => rm(folder, options);
  const force = () => rmSync(folder, options);
  const forget = beforeExit({ stop, force });
  return {
    folder,
    async remove() {
      await stop();
      forget();
    },
  };
}
