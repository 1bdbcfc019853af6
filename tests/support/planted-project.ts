import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const KEPT = [
  "package.json",
  "tsconfig.json",
  "eslint.config.mjs",
  ".dependency-cruiser.cjs",
  "scripts/lib/lint-rules.mjs",
];

/** A rule that was broken, and the file that broke it. */
export type Breach = { rule: string; file: string };

/** A project with the real settings of this one, and other sources. */
export type PlantedProject = {
  /** what dependency-cruiser finds */
  cruise(): Promise<Breach[]>;
  /** what ESLint finds */
  lint(): Promise<Breach[]>;
  remove(): Promise<void>;
};

/** Makes one in a temporary folder; `files` is path → text. */
export async function plantProject(
  files: Record<string, string>,
): Promise<PlantedProject> {
  const folder = await mkdtemp(path.join(tmpdir(), "tollkeeper-walls-"));
  for (const name of KEPT)
    await cp(path.join(ROOT, name), path.join(folder, name));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  await symlink(
    path.join(ROOT, "node_modules"),
    path.join(folder, "node_modules"),
  );
  const run = (bin: string, args: string[]) => runTool(folder, bin, args);
  return {
    async cruise() {
      const bin = "dependency-cruiser/bin/dependency-cruise.mjs";
      const config = ".dependency-cruiser.cjs";
      const args = ["--config", config, "--output-type", "json", "."];
      return readCruise(await run(bin, args));
    },
    lint: async () =>
      readLint(
        await run("eslint/bin/eslint.js", ["--format", "json", "."]),
        folder,
      ),
    remove: () => rm(folder, { recursive: true }),
  };
}

// Both tools exit with an error when they find something.
function runTool(cwd: string, bin: string, args: string[]): Promise<string> {
  const file = path.join(ROOT, "node_modules", bin);
  const options = { cwd, maxBuffer: 1e8 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...args], options, (_, out, err) =>
      out.startsWith("{") || out.startsWith("[")
        ? resolve(out)
        : reject(new Error(err || out)),
    );
  });
}

function readCruise(output: string): Breach[] {
  const { violations } = JSON.parse(output).summary;
  return violations.map((found: { rule: { name: string }; from: string }) => ({
    rule: found.rule.name,
    file: found.from,
  }));
}

type Linted = { filePath: string; messages: { ruleId: string | null }[] };

function readLint(output: string, folder: string): Breach[] {
  const files: Linted[] = JSON.parse(output);
  return files.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) => ({
      rule: ruleId ?? "does not parse",
      file: path.relative(folder, filePath),
    })),
  );
}
