import { existsSync } from "node:fs";
import path from "node:path";
import { Problem } from "./problem.mjs";
import { ROOT } from "./project-root.mjs";

/** The programs, by the names of their sources in src/. */
export const ENTRIES = ["server", "worker", "cli", "pdf"];

/**
 * Bundles our own code, with packages left outside.
 * @param {{ folder: string, names?: string[] }} options `folder`: for the results, <name>.mjs
 * @throws {Problem} naming the file and line that does not compile
 */
export async function bundle({ folder, names = ENTRIES }) {
  const esbuild = await import("esbuild");
  const result = await esbuild
    .build(bundleOptions({ folder, names }))
    .catch((/** @type {unknown} */ error) => error);
  if (!hasErrors(result)) return;
  throw new Problem("The programs do not compile.", {
    output: (await format(result.errors)).join(""),
    advice: "mend the file that it names, and try again.",
  });
}

/**
 * Bundles again whenever a source changes.
 * @param {{ folder: string, names: string[], onResult: (errors: string[]) => void }} options
 *   `onResult` is called after the first and each later one, with what does not compile
 * @returns {Promise<() => Promise<void>>} ends it
 */
export async function watchBundle({ folder, names, onResult }) {
  const esbuild = await import("esbuild");
  const options = bundleOptions({ folder, names });
  const context = await esbuild.context({
    ...options,
    plugins: [
      ...options.plugins,
      {
        name: "report",
        setup: (build) =>
          build.onEnd(async ({ errors }) => onResult(await format(errors))),
      },
    ],
  });
  await context.watch();
  return () => context.dispose();
}

/** @param {{ folder: string, names: string[] }} options */
function bundleOptions({ folder, names }) {
  const missing = names.find((name) => !existsSync(entryOf(name)));
  if (missing) {
    throw new Problem(`${entryOf(missing)} does not exist.`, {
      advice: "this checkout is not complete: get all of its files.",
    });
  }
  return {
    absWorkingDir: ROOT,
    bundle: true,
    entryPoints: names.map(entryOf),
    format: /** @type {const} */ ("esm"),
    logLevel: /** @type {const} */ ("silent"),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    packages: /** @type {const} */ ("external"),
    platform: /** @type {const} */ ("node"),
    plugins: [packageFiles, serverMarker],
    sourcemap: true,
    target: "node20.19",
    tsconfig: path.join(ROOT, "tsconfig.json"),
  };
}

/**
 * Node wants the whole file name of a file in a package that has no `exports`, such as next/headers.js;
 * sources leave out the end, as Next allows.
 * @type {import("esbuild").Plugin}
 */
const packageFiles = {
  name: "package-files",
  setup(build) {
    build.onResolve({ filter: /^next\/[^.]+$/ }, (file) => {
      const name = `${file.path}.js`;
      if (!existsSync(path.join(ROOT, "node_modules", name))) return null;
      return { path: name, external: true };
    });
  },
};

/**
 * Outside Next, importing the marker of server code throws.
 * @type {import("esbuild").Plugin}
 */
const serverMarker = {
  name: "server-marker",
  setup(build) {
    const namespace = "server-marker";
    build.onResolve({ filter: /^server-only$/ }, ({ path }) => ({
      path,
      namespace,
    }));
    build.onLoad({ filter: /./, namespace }, () => ({ contents: "" }));
  },
};

/** @param {string} name */
function entryOf(name) {
  return path.join(ROOT, "src", `${name}.ts`);
}

/** @param {import("esbuild").Message[]} errors */
async function format(errors) {
  const esbuild = await import("esbuild");
  return esbuild.formatMessages(errors, { kind: "error" });
}

/**
 * @param {unknown} value
 * @returns {value is import("esbuild").BuildFailure}
 */
function hasErrors(value) {
  if (typeof value !== "object" || value === null) return false;
  return (
    "errors" in value && Array.isArray(value.errors) && value.errors.length > 0
  );
}
