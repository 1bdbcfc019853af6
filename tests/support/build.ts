import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

/**
 * Builds the whole app, or its programs only, where the build is stale. `npm test` says by TEST_BUILT
 * that it has done so, since nobody changes the sources meanwhile.
 */
export async function build(part: "ensureBuilt" | "ensureBundles") {
  if (process.env["TEST_BUILT"] === "1") return;
  // In a process of its own, since Jest cannot import it; a lock makes others wait for the first.
  const script = `
    import { ${part} } from "./scripts/lib/build.mjs";
    await ${part}({ log: (line) => console.error(line) });`;
  await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", script],
    {
      cwd: path.resolve(__dirname, "../.."),
      timeout: 300_000,
      maxBuffer: 1e8,
    },
  );
}
