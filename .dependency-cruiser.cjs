// The walls of docs/architecture.md.

/** Which other modules a module may use; only those above it, so that it is acyclic. */
const mayUse = {
  audit: [],
  settings: ["audit"],
  operations: ["audit", "settings"],
  identity: ["audit", "settings"],
  customers: ["audit", "identity"],
  notes: ["audit", "customers"],
  notifications: ["audit", "settings", "identity", "customers"],
  batches: ["audit", "settings", "customers", "notifications"],
  ledger: ["audit", "customers"],
  invoices: [
    "audit",
    "settings",
    "identity",
    "customers",
    "notifications",
    "ledger",
  ],
  payments: [
    "audit",
    "customers",
    "identity",
    "invoices",
    "ledger",
    "notifications",
  ],
  meters: ["audit"],
  limits: ["audit", "customers", "meters"],
  keys: ["audit", "customers", "limits"],
  pricing: ["audit"],
  usage: ["audit", "settings", "customers", "keys", "limits", "pricing"],
  alerts: ["audit", "identity", "customers", "notifications", "usage"],
  plans: ["audit", "customers", "meters", "limits"],
  subscriptions: [
    "audit",
    "settings",
    "identity",
    "customers",
    "notifications",
    "invoices",
    "payments",
    "limits",
    "usage",
    "plans",
  ],
  access: ["audit", "settings", "customers", "keys", "limits", "usage"],
  licenses: ["audit", "settings", "customers", "plans", "subscriptions"],
  tenants: [
    "audit",
    "settings",
    "identity",
    "customers",
    "notifications",
    "limits",
    "subscriptions",
  ],
  support: [
    "audit",
    "settings",
    "identity",
    "customers",
    "notifications",
    "invoices",
    "limits",
    "keys",
    "plans",
    "subscriptions",
    "licenses",
    "tenants",
  ],
  reports: ["customers", "usage", "keys", "alerts", "invoices"],
  privacy: [
    "audit",
    "settings",
    "identity",
    "customers",
    "notifications",
    "usage",
  ],
  backups: ["audit", "identity", "notifications", "privacy"],
};
const modules = Object.keys(mayUse);
for (const [index, module] of modules.entries())
  for (const other of mayUse[module])
    if (!modules.slice(0, index).includes(other))
      throw new Error(`mayUse: ${other} must stand above ${module}`);

const entries = "^src/[^/]+\\.ts$";
const seeds = "^prisma/seed/";
// A contract and the parts it is made of.
const contracts = ["/contract\\.ts$", "/contract/[^/]+\\.ts$"];
const face = "^src/modules/[^/]+/(index|contract|contract/[^/]+)\\.ts$";
const jobs = "^src/modules/[^/]+/jobs\\.ts$";
// What a thread of its own does, and is loaded there.
const threads = "^src/modules/[^/]+/thread\\.ts$";
const moduleUi = "^src/modules/[^/]+/ui/";
const queries = "^src/modules/[^/]+/queries(\\.ts$|/)";

const forbid = (name, from, to) => ({ name, severity: "error", from, to });

module.exports = {
  forbidden: [
    // Types are gone at run time: a part that is loaded when wanted may take its props' types back.
    forbid(
      "no-cycles",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    forbid(
      "no-orphans",
      {
        orphan: true,
        pathNot: ["\\.d\\.ts$", "^src/app/", entries, seeds, "^examples/"],
      },
      {},
    ),

    // app → http → modules → platform → shared
    forbid("http-knows-no-page", { path: "^src/http/" }, { path: "^src/app/" }),
    forbid(
      "modules-never-look-up",
      { path: "^src/modules/" },
      { path: ["^src/(app|http)/", entries] },
    ),
    forbid(
      "platform-knows-no-module",
      { path: "^src/platform/" },
      { path: ["^src/(app|http|modules|client|ui)/", entries] },
    ),
    forbid(
      "shared-knows-nothing",
      { path: "^src/shared/" },
      { path: "^src/(?!shared/)" },
    ),
    forbid(
      "design-system-knows-no-module",
      { path: "^src/(ui|client)/" },
      { path: "^src/(app|modules)/", pathNot: contracts },
    ),
    forbid(
      "source-stands-alone",
      { path: "^src/" },
      {
        path: "^(tests|scripts|bench|sdk|examples|prisma)/",
        pathNot: "^prisma/seed/index\\.ts$",
      },
    ),
    forbid(
      "sdk-stands-alone",
      { path: "^sdk/" },
      { path: "^(src|tests|scripts|bench|examples|prisma)/" },
    ),
    forbid(
      "examples-use-the-published-sdk",
      { path: "^examples/([^/]+)/" },
      { path: ["^src/", "^examples/"], pathNot: "^examples/$1/" },
    ),

    // Modules meet through their faces, along the map.
    forbid(
      "modules-through-their-face",
      { path: "^src/modules/([^/]+)/" },
      { path: "^src/modules/", pathNot: ["^src/modules/$1/", face] },
    ),
    forbid(
      "outside-through-the-face",
      { path: ["^src/(app|http|client)/", entries, seeds] },
      { path: "^src/modules/", pathNot: [face, moduleUi, jobs, threads] },
    ),
    forbid(
      "every-module-is-in-the-map",
      { path: `^src/modules/(?!(${modules.join("|")})/)` },
      {},
    ),
    ...Object.entries(mayUse).map(([module, others]) =>
      forbid(
        `${module}-may-use-[${others}]`,
        { path: `^src/modules/${module}/` },
        {
          path: "^src/modules/",
          pathNot: [module, ...others].map((name) => `^src/modules/${name}/`),
        },
      ),
    ),

    // What runs in the browser
    forbid(
      "contracts-are-isomorphic",
      { path: contracts },
      { path: "^src/", pathNot: ["^src/shared/", ...contracts] },
    ),
    forbid(
      "contracts-need-only-zod",
      { path: contracts },
      { path: "node_modules/", pathNot: "node_modules/zod/" },
    ),
    forbid(
      "isomorphic-code-without-node",
      {
        path: [...contracts, "^src/(shared|client|ui)/", moduleUi],
      },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "ui-talks-through-the-client",
      { path: ["^src/(ui|client)/", moduleUi] },
      {
        path: [
          "^src/(platform|http)/",
          "^src/modules/[^/]+/(?!contract\\.ts$|contract/|ui/)",
        ],
      },
    ),
    forbid(
      "services-know-no-browser",
      { path: "^src/modules/[^/]+/(?!ui/)" },
      { path: ["^src/(client|ui)/", moduleUi, "node_modules/(react|next)/"] },
    ),

    // The database
    forbid(
      "prisma-only-in-queries",
      { path: ["^src/", seeds], pathNot: ["^src/platform/db/", queries] },
      {
        path: ["^src/platform/db/generated/", "node_modules/@?\\.?prisma/"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "database-through-queries",
      { path: "^src/(app|modules)/", pathNot: queries },
      {
        path: "^src/platform/db/",
        pathNot: "^src/platform/db/transaction\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "pg-only-in-platform",
      { path: ["^src/", seeds], pathNot: "^src/platform/" },
      { path: "node_modules/pg/", dependencyTypesNot: ["type-only"] },
    ),

    // Packages
    forbid(
      "no-development-package-at-run-time",
      { path: "^(src|prisma/seed)/" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "no-undeclared-package",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: ["node_modules", "^src/platform/db/generated/"] },
    exclude: {
      path: [
        "^(sdk|examples/[^/]+)/dist/",
        "^(src|sdk|examples)/.*\\.d\\.m?ts$",
      ],
    },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".css"],
    },
  },
};
