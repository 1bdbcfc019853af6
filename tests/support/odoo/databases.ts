/** What Odoo says no with: the name of its exception, and its words. */
export class OdooError extends Error {
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
  }
}

export type OdooModule = {
  id: number;
  name: string;
  title: string;
  needs: string[];
  state: "installed" | "uninstalled" | "uninstallable";
};

export type OdooDatabase = {
  login: string;
  password: string;
  users: number;
  /** bytes of each attachment */
  files: number[];
  logs: {
    id: number;
    level: string;
    name: string;
    message: string;
    create_date: string;
  }[];
  modules: OdooModule[];
  /** made, and not yet installed: nobody can sign in */
  isBroken?: boolean;
  notes: string[];
};

const catalogue = [
  { name: "base", title: "Base", needs: [], state: "installed" },
  { name: "web", title: "Web", needs: ["base"], state: "installed" },
  { name: "crm", title: "CRM", needs: ["web"], state: "uninstalled" },
  { name: "sale", title: "Sales", needs: ["web"], state: "uninstalled" },
  {
    name: "sale_crm",
    title: "Opportunity to quotation",
    needs: ["sale", "crm"],
    state: "uninstalled",
  },
  {
    name: "planning",
    title: "Planning",
    needs: ["web"],
    state: "uninstallable",
  },
] as const;

type Fields = Record<string, string>;
type CallModel = (
  database: OdooDatabase,
  model: string,
  method: string,
  ids: number[],
  named: Record<string, unknown>,
) => unknown;

/** The databases of an Odoo server, and what may be done to them as a whole. */
export class OdooDatabases {
  private readonly all = new Map<string, OdooDatabase>();

  constructor(private readonly masterPassword: string) {}

  names(): string[] {
    return [...this.all.keys()].sort();
  }

  find(name: string): OdooDatabase | undefined {
    return this.all.get(name);
  }

  add(name: string, login: string, password: string): OdooDatabase {
    const made: OdooDatabase = {
      ...{ login, password, users: 1, files: [1_000_000], notes: [] },
      logs: [],
      modules: catalogue.map((module, at) => ({
        ...module,
        ...{ id: at + 1, needs: [...module.needs] },
      })),
    };
    this.all.set(name, made);
    return made;
  }

  /** What a form of the database manager does; a file, if that is what it gives. */
  manage(act: string, fields: Fields): Buffer | null {
    this.verify(fields["master_pwd"]);
    const name = fields["name"] ?? "";
    switch (act) {
      case "create":
        this.assertFree(name);
        this.add(name, fields["login"] ?? "", fields["password"] ?? "");
        return null;
      case "duplicate":
        this.assertFree(fields["new_name"] ?? "");
        this.all.set(fields["new_name"] ?? "", structuredClone(this.get(name)));
        return null;
      case "drop":
        this.get(name);
        this.all.delete(name);
        return null;
      case "backup": {
        const dump = Buffer.from(JSON.stringify(this.get(name)), "utf8");
        return Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), dump]);
      }
      case "restore": {
        this.assertFree(name);
        const file = Buffer.from(fields["backup_file"] ?? "", "latin1");
        if (file.subarray(0, 2).toString() !== "PK")
          throw new OdooError("builtins.Exception", "File is not a zip file");
        this.all.set(name, JSON.parse(file.subarray(4).toString("utf8")));
        return null;
      }
      default:
        throw new Error(`The database manager has no ${act}`);
    }
  }

  /** What a service of /jsonrpc does. */
  serve(
    service: string,
    method: string,
    args: unknown[],
    callModel: CallModel,
  ): unknown {
    if (service === "db") return this.serveDatabases(method, args.map(String));
    const [name, ...rest] = args;
    const database = this.all.get(String(name));
    if (!database)
      throw new OdooError(
        "psycopg2.OperationalError",
        `database "${String(name)}" does not exist`,
      );
    if (database.isBroken)
      throw new OdooError("builtins.KeyError", "'res.users'");
    if (service === "common") {
      const [login, password] = rest;
      return login === database.login && password === database.password
        ? 2
        : false;
    }
    const [uid, password, model, verb, [ids = []] = [], named = {}] = rest as [
      number,
      string,
      string,
      string,
      [number[]?],
      Record<string, unknown>,
    ];
    if (uid !== 2 || password !== database.password)
      throw new OdooError("odoo.exceptions.AccessDenied", "Access Denied");
    return callModel(database, model, verb, ids, named);
  }

  private serveDatabases(method: string, args: string[]): unknown {
    if (method === "list") return this.names();
    if (method === "db_exist") return this.all.has(args[0] ?? "");
    this.verify(args[0]);
    const [, from = "", to = ""] = args;
    if (method !== "rename") throw new Error(`The service db has no ${method}`);
    const database = this.get(from);
    this.assertFree(to);
    this.all.set(to, database);
    this.all.delete(from);
    return true;
  }

  private verify(password: string | undefined): void {
    if (password !== this.masterPassword)
      throw new OdooError("odoo.exceptions.AccessDenied", "Access Denied");
  }

  private assertFree(name: string): void {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
      throw new OdooError(
        "builtins.Exception",
        "Houston, we have a database naming issue!",
      );
    if (this.all.has(name))
      throw new OdooError(
        "odoo.service.db.DatabaseExists",
        `database '${name}' already exists!`,
      );
  }

  private get(name: string): OdooDatabase {
    const found = this.all.get(name);
    if (!found)
      throw new OdooError(
        "builtins.Exception",
        `database "${name}" does not exist`,
      );
    return found;
  }
}
