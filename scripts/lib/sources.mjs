import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { ROOT } from "./project-root.mjs";

const FOLDERS = ["src", "prisma", "public"];
const FILES =
  /^(package-lock\.json|tsconfig\.json|(next|postcss|tailwind|prisma)\.config\.\w+)$/;
const GENERATED = [path.join("src", "platform", "db", "generated")];
const NOT_BUILT = [path.join("prisma", "migrations")];

/**
 * A hash of everything that a build is made from.
 * @returns {Promise<string>}
 */
export async function hashSources() {
  const top = await fs.readdir(ROOT);
  const lists = await Promise.all(FOLDERS.map((folder) => filesIn(folder)));
  return hashFiles([
    ...top.filter((name) => FILES.test(name)),
    ...lists.flat(),
  ]);
}

/**
 * A hash of what the database client is generated from.
 * @returns {Promise<string>}
 */
export async function hashSchema() {
  const schema = await filesIn(path.join("prisma", "schema"));
  return hashFiles([
    ...schema,
    "prisma.config.ts",
    path.join("node_modules", "prisma", "package.json"),
  ]);
}

/** @param {string[]} files */
async function hashFiles(files) {
  const sorted = files.toSorted();
  const contents = await Promise.all(
    sorted.map((file) => fs.readFile(path.join(ROOT, file))),
  );
  const hash = createHash("sha256").update(publicSettings());
  sorted.forEach((file, index) => {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${file}\0${content.length}\0`).update(content);
  });
  return hash.digest("hex");
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} paths from the project's folder
 */
async function filesIn(folder) {
  const entries = await fs
    .readdir(path.join(ROOT, folder), { withFileTypes: true })
    .catch(() => []);
  const lists = await Promise.all(
    entries.map((entry) => {
      const file = path.join(folder, entry.name);
      if ([...GENERATED, ...NOT_BUILT].includes(file)) return [];
      if (entry.isDirectory()) return filesIn(file);
      return entry.isFile() && !entry.name.startsWith(".") ? [file] : [];
    }),
  );
  return lists.flat();
}

/** Next writes these into the pages when it builds them. */
function publicSettings() {
  return Object.entries(process.env)
    .filter(([name]) => name.startsWith("NEXT_PUBLIC_"))
    .map(([name, value]) => `${name}=${value}\0`)
    .toSorted()
    .join("");
}
