import * as z from "zod";
import { env } from "@/platform/env";
import { Refusal, type Driver, type LogEntry, type Place } from "../../driver";
import {
  closed,
  databases,
  dropNamed,
  findDatabase,
  gone,
  hex,
  isThere,
  make,
  notOurs,
  opens,
  renameTo,
} from "./databases";
import { download, openFile, removeFile, upload } from "./files";
import { modelsOf, type Models } from "./models";
import {
  dependentsOf,
  isFinal,
  moduleOf,
  press,
  readModules,
  textOr,
  word,
} from "./modules";

const incoming = (attempt: string) => `tk-restore-${hex(attempt)}`;

/**
 * A database of an Odoo server for each tenant, called as its subdomain is, so that `dbfilter =
 * ^%d$` finds it. A suspended one is renamed, so that it does not.
 */
export const odoo: Driver = {
  name: "odoo",
  refOf: (_, subdomain) => subdomain,
  backupRefOf: (backupId) => `tk_backup_${hex(backupId)}`,
  mayAdopt: (ref) =>
    ref !== env().ODOO_TEMPLATE_DATABASE && !ref.startsWith("tk-"),

  async exists(place) {
    return (await findDatabase(place)) !== null;
  },

  async create(place, isFirstTry) {
    if ((await findDatabase(place)) !== null) {
      // An answer was lost, or Odoo is still at it; it is ours if our password opens it.
      const answer = isFirstTry ? "no" : await opens(place);
      if (answer === "no") throw notOurs(place);
      if (answer === "broken")
        throw new Error(`The database ${place.ref} is not ready yet`);
      return;
    }
    try {
      await make(place);
    } catch (error) {
      if (isFirstTry && isThere(error)) throw notOurs(place);
      throw isFinal(error) ? new Refusal(error.message) : error;
    }
  },

  async drop(place) {
    const name = await findDatabase(place);
    if (name !== null) await dropNamed(name);
  },

  // A whole database that our password does not open is somebody else's.
  async abandon(place) {
    if (!(await databases()).includes(place.ref)) return;
    if ((await opens(place)) !== "no") await dropNamed(place.ref);
  },

  async listModules(place) {
    const ask = await opened(place);
    const found = await readModules(ask, [
      "|",
      ["application", "=", true],
      ["state", "=", "installed"],
    ]);
    return found.map((module) => ({
      name: module.name,
      title: textOr(module.shortdesc, module.name),
      summary: textOr(module.summary, ""),
      version: textOr(module.installed_version, "") || null,
      isInstalled: module.state === "installed",
      dependsOn: [],
    }));
  },

  async installModule(place, name) {
    const ask = await opened(place);
    const found = await moduleOf(ask, name);
    if (found.state === "installed") return;
    if (found.state === "uninstallable")
      throw new Refusal(`Odoo cannot install ${name} on this server.`);
    await press(ask, "button_immediate_install", found.id);
  },

  async uninstallModule(place, name) {
    const ask = await opened(place);
    const found = await moduleOf(ask, name);
    if (found.state !== "installed") return;
    const dependents = await dependentsOf(ask, name);
    // Odoo would take them along, with their data, without a word.
    if (dependents.length > 0)
      throw new Refusal(
        `${name} is needed by ${dependents.join(", ")}. Uninstall that first.`,
      );
    await press(ask, "button_immediate_uninstall", found.id);
  },

  async usage(place) {
    const ask = await opened(place);
    const users = await ask("res.users", "search_count", {
      named: { domain: [["share", "=", false]] },
    });
    const files = Files.parse(
      await ask("ir.attachment", "search_read", {
        named: { domain: [["file_size", ">", 0]], fields: ["file_size"] },
      }),
    );
    const [base] = await readModules(ask, [["name", "=", "base"]]);
    const bytes = files.reduce((sum, { file_size }) => sum + file_size, 0);
    return {
      users: Number(users),
      storageBytes: BigInt(bytes),
      version: base
        ? `Odoo ${textOr(base.installed_version, "")}`.trim()
        : null,
    };
  },

  async backup(place, backupRef) {
    const name = await findDatabase(place);
    if (name === null) throw gone(place);
    return { bytes: await download(name, backupRef) };
  },

  readBackup: (_, backupRef) => openFile(backupRef),
  dropBackup: (_, backupRef) => removeFile(backupRef),

  // Beside what is there; then that is dropped, and the new one takes its name.
  async restore(place, backupRef, attempt) {
    const names = await databases();
    const fresh = incoming(attempt);
    if (!names.includes(fresh) || names.includes(place.ref)) {
      if (names.includes(fresh)) await dropNamed(fresh);
      await upload(fresh, backupRef);
      if (names.includes(place.ref)) await dropNamed(place.ref);
    }
    await renameTo(fresh, place.ref);
  },

  async cancelRestore(place, attempt) {
    const names = await databases();
    const fresh = incoming(attempt);
    if (!names.includes(fresh)) return;
    // The old one went already: what there is of the tenant is this.
    if (names.includes(place.ref)) await dropNamed(fresh);
    else await renameTo(fresh, place.ref);
  },

  async suspend(place) {
    const names = await databases();
    if (names.includes(closed(place))) return;
    if (!names.includes(place.ref)) throw gone(place);
    await renameTo(place.ref, closed(place));
  },

  async unsuspend(place) {
    const names = await databases();
    if (names.includes(place.ref)) return;
    if (!names.includes(closed(place))) throw gone(place);
    await renameTo(closed(place), place.ref);
  },

  async readLogs(place, cursor) {
    const ask = await opened(place);
    const rows = Logs.parse(
      await ask("ir.logging", "search_read", {
        named: {
          domain: [["id", ">", Number(cursor)]],
          fields: ["id", "level", "name", "message", "create_date"],
          order: "id",
          limit: 500,
        },
      }),
    );
    return {
      entries: rows.map(({ level, name, message, create_date }): LogEntry => ({
        level: levelOf(level),
        message: `${name}: ${message}`,
        at: new Date(`${create_date.replace(" ", "T")}Z`),
      })),
      cursor: rows.length > 0 ? BigInt(rows.at(-1)?.id ?? 0) : cursor,
    };
  },
};

const Files = z.array(z.object({ file_size: z.number() }));
const Logs = z.array(
  z.object({
    id: z.number(),
    level: word,
    name: z.string(),
    message: z.string(),
    create_date: z.string(),
  }),
);

async function opened(place: Place): Promise<Models> {
  const name = await findDatabase(place);
  if (name === null) throw gone(place);
  return modelsOf(place, name);
}

function levelOf(level: string | false): LogEntry["level"] {
  if (level === "ERROR" || level === "CRITICAL") return "error";
  return level === "WARNING" ? "warning" : "info";
}
