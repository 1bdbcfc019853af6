import { OdooError, type OdooDatabase, type OdooModule } from "./databases";

type Named = Record<string, unknown>;
type Condition = [field: string, operator: string, value: unknown];

/** What a method of a model does in a database; only those that a provisioner asks for. */
export function callModel(
  database: OdooDatabase,
  model: string,
  method: string,
  ids: number[],
  named: Named,
): unknown {
  const rows = tables[model]?.(database);
  if (!rows) throw new OdooError("builtins.KeyError", `'${model}'`);
  if (model === "ir.module.module" && method.startsWith("button_immediate_"))
    return press(database, method, ids);
  const found = rows.filter((row) => fits(row, named["domain"]));
  if (method === "search_count") return found.length;
  if (method === "search_read") {
    const fields = ["id", ...((named["fields"] as string[]) ?? [])];
    return found
      .slice(0, Number(named["limit"] ?? found.length))
      .map((row) =>
        Object.fromEntries(fields.map((name) => [name, row[name] ?? false])),
      );
  }
  throw new OdooError(
    "builtins.AttributeError",
    `The method '${method}' does not exist on '${model}'`,
  );
}

const tables: Record<string, (database: OdooDatabase) => Named[]> = {
  "ir.module.module": ({ modules }) =>
    modules.map((module) => ({
      ...module,
      shortdesc: module.title,
      summary: "",
      application: !["base", "web"].includes(module.name),
      installed_version: module.state === "installed" ? "18.0.1.0" : false,
    })),
  "ir.module.module.dependency": ({ modules }) =>
    modules.flatMap((module) =>
      module.needs.map((name) => ({
        name,
        module_id: [module.id, module.title],
        "module_id.state": module.state,
      })),
    ),
  "res.users": ({ users }) =>
    Array.from({ length: users }, (_, at) => ({ id: at + 2, share: false })),
  "ir.attachment": ({ files }) =>
    files.map((file_size, at) => ({ id: at + 1, file_size })),
  "ir.logging": ({ logs }) => logs,
};

function press(database: OdooDatabase, button: string, ids: number[]): unknown {
  for (const one of database.modules.filter(({ id }) => ids.includes(id))) {
    if (button === "button_immediate_install") install(database, one);
    else uninstall(database, one);
  }
  return { type: "ir.actions.act_url", target: "self", url: "/odoo" };
}

function install({ modules }: OdooDatabase, module: OdooModule): void {
  if (module.state === "uninstallable")
    throw new OdooError(
      "odoo.exceptions.UserError",
      `You try to install module '${module.name}' that is not available in your system.`,
    );
  for (const name of module.needs) {
    const needed = modules.find((one) => one.name === name);
    if (needed && needed.state !== "installed")
      install({ modules } as OdooDatabase, needed);
  }
  module.state = "installed";
}

// As Odoo does: those that need it go along, without a word.
function uninstall(database: OdooDatabase, module: OdooModule): void {
  if (["base", "web"].includes(module.name))
    throw new OdooError(
      "odoo.exceptions.UserError",
      `The module ${module.name} cannot be uninstalled.`,
    );
  for (const other of database.modules)
    if (other.state === "installed" && other.needs.includes(module.name))
      uninstall(database, other);
  module.state = "uninstalled";
}

function fits(row: Named, domain: unknown): boolean {
  const terms = (domain ?? []) as (Condition | "|" | "&")[];
  const isOr = terms[0] === "|";
  const conditions = terms.filter((term): term is Condition =>
    Array.isArray(term),
  );
  const holds = ([field, operator, value]: Condition) => {
    const own = row[field];
    if (operator === "=") return own === value;
    if (operator === ">") return Number(own) > Number(value);
    return (value as unknown[]).includes(own);
  };
  return isOr ? conditions.some(holds) : conditions.every(holds);
}
