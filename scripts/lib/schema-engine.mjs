// Prisma's schema engine, run from the WASM build in npm: Prisma's own CLI downloads a native one.
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

const PG_TYPE_CHAR = 18; // PostgreSQL's one-byte "char", as its catalogs use it
const PG_TYPE_TEXT = 25;

/**
 * Opens the engine on one database.
 * @param {string} databaseUrl a postgres:// address
 * @param {{ path: string, content: string }[]} schemaFiles as `readSchema` returns them
 * @returns {Promise<{ call(verb: string, input: object): Promise<any>, close(): Promise<void> }>}
 *   `call` runs a verb of the engine ("diff", "applyMigrations", …); it throws `SchemaEngineError`.
 */
export async function openSchemaEngine(databaseUrl, schemaFiles) {
  const { bindings, lastPanic } = await loadBindings();
  const pool = createPool(databaseUrl);
  const factory = new CatalogAdapterFactory(pool);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: schemaFiles.map((file) => [file.path, file.content]) },
    () => {}, // the engine's own log
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  return {
    async call(verb, input) {
      try {
        return await engine[verb](input);
      } catch (error) {
        const message = factory.lastScriptError ?? lastPanic() ?? error.message;
        throw new SchemaEngineError(message, error);
      }
    },
    async close() {
      engine.free();
      await pool.end();
    },
  };
}

/** What the engine refused, with Prisma's error code where it gave one (`P3018`, …). */
export class SchemaEngineError extends Error {
  constructor(message, cause) {
    super(message, { cause });
    this.name = "SchemaEngineError";
    this.code = typeof cause.code === "string" ? cause.code : undefined;
  }
}

/** The schema's files, sorted by name. */
export async function readSchema(root) {
  const folder = path.join(root, "prisma", "schema");
  const names = (await readdir(folder)).filter((name) =>
    name.endsWith(".prisma"),
  );
  return Promise.all(
    names.sort().map(async (name) => ({
      path: path.join("prisma", "schema", name),
      content: await readText(path.join(folder, name)),
    })),
  );
}

/** The migrations folder, as the engine wants to be told of it. */
export async function readMigrations(root) {
  const baseDir = path.join(root, "prisma", "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory());
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readText(path.join(baseDir, "migration_lock.toml")),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names
        .map((entry) => entry.name)
        .sort()
        .map((name) => readMigration(baseDir, name)),
    ),
  };
}

async function readMigration(baseDir, name) {
  const file = path.join(baseDir, name, "migration.sql");
  const value = await readText(file);
  return {
    path: name,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value } },
  };
}

// Line ends are made equal, because a migration's checksum is taken of its text.
async function readText(file) {
  return (await readFile(file, "utf8")).replaceAll("\r\n", "\n");
}

let loaded;

function loadBindings() {
  loaded ??= instantiate();
  return loaded;
}

// The package's own entry imports the .wasm file as a module, which Node 20 cannot do.
async function instantiate() {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const bindings = await import(
    pathToFileURL(path.join(folder, "schema_engine_bg.js")).href
  );
  const wasm = await readFile(path.join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, {
    "./schema_engine_bg.js": withIdleTimers(bindings),
  });
  let panic;
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => (panic = message),
  };
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return { bindings, lastPanic: () => panic };
}

// The engine never clears the timer of its lock, which would keep the process alive for 10 s.
function withIdleTimers(bindings) {
  const imports = { ...bindings };
  for (const name of Object.keys(bindings))
    if (name.startsWith("__wbg_setTimeout_"))
      imports[name] = (callback, ms) => setTimeout(callback, ms).unref();
  return imports;
}

// One connection, so that a SET in a migration holds for the rest of it.
function createPool(databaseUrl) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 10_000,
    options: "-c TimeZone=UTC",
  });
  pool.on("error", () => {}); // an idle connection was closed: the next query says so
  return pool;
}

class CatalogAdapterFactory extends PrismaPg {
  lastScriptError; // in PostgreSQL's words, of which the engine keeps few

  async connect() {
    const adapter = await super.connect();
    teachCharType(adapter);
    // The adapter splits scripts at each ";", also inside function bodies. As one query, the
    // server splits it, and runs it as one transaction.
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        this.lastScriptError = describeScriptError(error, script);
        adapter.onError(error);
      }
    };
    return adapter;
  }
}

function describeScriptError({ message, detail, hint, position }, script) {
  const line = script.slice(0, Number(position)).split("\n").length;
  const place = position === undefined ? undefined : `line ${line}`;
  return [message, detail, hint, place].filter(Boolean).join("; ");
}

// The adapter refuses the type "char" of the catalogs, and the engine refuses an empty one.
function teachCharType(adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap(); // rows of a result → the indexes of its char columns
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    const columns = [];
    for (const [index, field] of result.fields?.entries() ?? []) {
      if (field.dataTypeID !== PG_TYPE_CHAR) continue;
      field.dataTypeID = PG_TYPE_TEXT;
      columns.push(index);
      for (const row of result.rows) if (row[index] === "") row[index] = " ";
    }
    if (columns.length > 0) charColumns.set(result.rows, columns);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? [])
      result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}
