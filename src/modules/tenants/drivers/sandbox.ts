import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import {
  allowConnections,
  createDatabase,
  databaseExists,
  databaseLines,
  databaseSize,
  dropDatabase,
  inDatabase,
  ownDatabase,
  refusesConnections,
  renameDatabases,
} from "@/platform/databases";
import { toUuid } from "@/shared/ids";
import { Refusal, type Driver, type ModuleState, type Place } from "../driver";
import { neededBy, needs, sandboxModules } from "./sandbox-modules";

const hex = (id: string) => toUuid(id).replaceAll("-", "");
const incoming = (attempt: string) => `tk_restore_${hex(attempt)}`;
const outgoing = (attempt: string) => `tk_replaced_${hex(attempt)}`;

/**
 * A real PostgreSQL database for each tenant, beside the app's own. A module is a schema in it, a
 * backup is a copy of it. Names hold the tenant's id: what has one of them is ours.
 */
export const sandbox: Driver = {
  name: "sandbox",
  refOf: (tenantId) => `tk_tenant_${hex(tenantId)}`,
  backupRefOf: (backupId) => `tk_backup_${hex(backupId)}`,
  mayAdopt: (ref) =>
    ref !== ownDatabase() &&
    !/^(postgres|template\d|tk_(backup|restore|replaced)_.*)$/.test(ref),

  exists: ({ ref }) => databaseExists(ref),

  async create(place) {
    await createDatabase(place.ref);
    await inDatabase(place.ref, async (run) => {
      await run(`CREATE TABLE IF NOT EXISTS tenant (
        id uuid PRIMARY KEY, name text NOT NULL, subdomain text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`);
      await run(`CREATE TABLE IF NOT EXISTS users (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE, is_active boolean NOT NULL DEFAULT true)`);
      await run(`CREATE TABLE IF NOT EXISTS installed_modules (
        name text PRIMARY KEY, version text NOT NULL, installed_at timestamptz NOT NULL DEFAULT now())`);
      await run(
        "INSERT INTO tenant (id, name, subdomain) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [toUuid(place.tenantId), place.name, place.subdomain],
      );
      await run(
        "INSERT INTO users (email) VALUES ($1) ON CONFLICT DO NOTHING",
        [place.adminEmail],
      );
    });
  },

  drop: ({ ref }) => dropDatabase(ref),
  abandon: ({ ref }) => dropDatabase(ref),

  async listModules(place) {
    const installed = await installedModules(place);
    return sandboxModules.map((module): ModuleState => ({
      ...module,
      version: "1.0",
      isInstalled: installed.has(module.name),
    }));
  },

  async installModule(place, name) {
    const wanted = needs(name);
    if (!wanted)
      throw new Refusal(`There is no module ${name}. See the list of modules.`);
    await inDatabase(place.ref, async (run) => {
      for (const one of wanted) {
        const schema = `mod_${one}`; // of the list, not a caller's
        await run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
        await run(`CREATE TABLE IF NOT EXISTS ${schema}.records (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`);
        await run(
          "INSERT INTO installed_modules (name, version) VALUES ($1, '1.0') ON CONFLICT DO NOTHING",
          [one],
        );
      }
    });
  },

  async uninstallModule(place, name) {
    if (!needs(name))
      throw new Refusal(`There is no module ${name}. See the list of modules.`);
    const installed = await installedModules(place);
    const dependents = neededBy(name).filter((other) => installed.has(other));
    if (dependents.length > 0)
      throw new Refusal(
        `${name} is needed by ${dependents.join(", ")}. Uninstall that first.`,
      );
    await inDatabase(place.ref, async (run) => {
      await run(`DROP SCHEMA IF EXISTS mod_${name} CASCADE`);
      await run("DELETE FROM installed_modules WHERE name = $1", [name]);
    });
  },

  async usage(place) {
    const storageBytes = await databaseSize(place.ref);
    if (storageBytes === null) throw gone(place);
    const users = (await refusesConnections(place.ref))
      ? null
      : await inDatabase(place.ref, async (run) => {
          if (!(await hasTable(run, "users"))) return null;
          const [row] = await run<{ count: number }>(
            "SELECT count(*)::int AS count FROM users WHERE is_active",
          );
          return row?.count ?? 0;
        });
    return { users, storageBytes, version: "PostgreSQL" };
  },

  async backup(place, backupRef) {
    if (!(await databaseExists(place.ref))) throw gone(place);
    await createDatabase(backupRef, place.ref);
    return { bytes: await databaseSize(backupRef) };
  },

  async readBackup(_, backupRef) {
    if (!(await databaseExists(backupRef)))
      throw new Refusal("The backup's database is gone.");
    const lines = Readable.from(databaseLines(backupRef));
    return {
      ...{ ending: "jsonl.gz", type: "application/gzip" },
      // What breaks in the middle must not look like an end.
      stream: pipeline(lines, createGzip(), () => {}),
    };
  },

  dropBackup: (_, backupRef) => dropDatabase(backupRef),

  // The copy is made aside and takes the place of the old one by their names, in one transaction.
  async restore(place, backupRef, attempt) {
    const [fresh, old] = [incoming(attempt), outgoing(attempt)];
    if (!(await databaseExists(old))) {
      if (!(await databaseExists(backupRef)))
        throw new Refusal("The backup's database is gone.");
      await createDatabase(fresh, backupRef);
      const swap = [[fresh, place.ref] as const];
      const isThere = await databaseExists(place.ref);
      await renameDatabases(
        isThere ? [[place.ref, old] as const, ...swap] : swap,
      );
    }
    await dropDatabase(old);
  },

  async cancelRestore(_, attempt) {
    await dropDatabase(incoming(attempt));
    await dropDatabase(outgoing(attempt));
  },

  suspend: ({ ref }) => allowConnections(ref, false),
  unsuspend: ({ ref }) => allowConnections(ref, true),
};

async function installedModules(place: Place): Promise<Set<string>> {
  if (!(await databaseExists(place.ref))) throw gone(place);
  return inDatabase(place.ref, async (run) => {
    if (!(await hasTable(run, "installed_modules"))) return new Set();
    const rows = await run<{ name: string }>(
      "SELECT name FROM installed_modules",
    );
    return new Set(rows.map(({ name }) => name));
  });
}

type Run = Parameters<Parameters<typeof inDatabase>[1]>[0];

// One that was adopted may have none.
async function hasTable(run: Run, name: string): Promise<boolean> {
  const [row] = await run<{ is_there: boolean }>(
    "SELECT to_regclass('public.' || $1) IS NOT NULL AS is_there",
    [name],
  );
  return row?.is_there ?? false;
}

function gone({ ref }: Place): Refusal {
  return new Refusal(`The database ${ref} is gone.`);
}
