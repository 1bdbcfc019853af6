// Imported first by every script, with default imports only: a Node too old for the rest must still link this.
import process from "node:process";

const NEEDED = { major: 20, minor: 19 };
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
  process.stderr.write(
    `Tollkeeper needs Node ${NEEDED.major}.${NEEDED.minor} or later; this is ${process.version} (${process.execPath}).\n` +
      "Install a current release from https://nodejs.org, or run `nvm install` in this folder, and try again.\n",
  );
  process.exit(1);
}
