// Imported first by every script, with default imports only: a Node too old for the rest must still link this.
import process from "node:process";

const NEEDED = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `Tollkeeper needs Node ${NEEDED.join(".")} or later; this is ${process.version} (${process.execPath}).\n` +
      "Install a current release from https://nodejs.org, or run `nvm install` in this folder, and try again.\n",
  );
  process.exit(1);
}
