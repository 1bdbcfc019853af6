// Compares prisma/schema, the migrations and a database.
import { randomBytes } from "node:crypto";
import { connect, dropDatabase } from "./database-client.mjs";
import { migrate } from "./migrate.mjs";
import { ROOT } from "./project-root.mjs";
import { openSchemaEngine, readSchema } from "./schema-engine.mjs";

/**
 * The SQL that leads from the migrations to prisma/schema; "" where they agree. The migrations are
 * applied to a scratch database on the same server, so the role must be able to create one.
 * @param {string} databaseUrl a postgres:// address; the database itself is not touched
 * @param {{ root?: string }} [options] the folder of prisma/
 */
export async function diffMigrations(databaseUrl, { root } = {}) {
  return withScratchDatabase(databaseUrl, root, async (scratch) =>
    diffToSchema(scratch.url, scratch.handWritten, root),
  );
}

/**
 * How a migrated database differs from what the migrations make: SQL for what Prisma models, one
 * line each for functions, triggers, checks and hand-written indexes; "" where nothing differs.
 * @param {string} databaseUrl a postgres:// address; it is only read
 * @param {{ root?: string }} [options] the folder of prisma/
 */
export async function diffDatabase(databaseUrl, { root } = {}) {
  return withScratchDatabase(databaseUrl, root, async (scratch) => {
    const actual = await withClient(databaseUrl, readHandWritten);
    const sql = await diffToSchema(databaseUrl, scratch.handWritten, root);
    const lines = compareObjects(scratch.handWritten, actual);
    return [sql, ...lines].filter((part) => part !== "").join("\n");
  });
}

async function withScratchDatabase(databaseUrl, root, run) {
  const name = `schema_diff_${randomBytes(6).toString("hex")}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  await withClient(databaseUrl, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE template0`),
  );
  try {
    await migrate(url.href, { root });
    const handWritten = await withClient(url.href, readHandWritten);
    return await run({ url: url.href, handWritten });
  } finally {
    await withClient(databaseUrl, (client) => dropDatabase(client, name));
  }
}

async function withClient(databaseUrl, run) {
  const client = await connect(databaseUrl);
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

async function diffToSchema(databaseUrl, handWritten, root = ROOT) {
  const files = await readSchema(root);
  const engine = await openSchemaEngine(databaseUrl, files);
  try {
    const { stdout } = await engine.call("diff", {
      from: { tag: "schemaDatasource", files, configDir: root },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: { externalTables: handWritten.tables, externalEnums: [] },
    });
    return withoutDrops(stdout, handWritten.indexes);
  } finally {
    await engine.close();
  }
}

// The engine would drop the indexes that the migrations make and the schema cannot say.
function withoutDrops(script, indexes) {
  const steps = script.trim().split(/\n\n(?=-- )/);
  const unwanted = new Set(indexes.map((name) => `DROP INDEX "${name}";`));
  return steps
    .filter((step) => {
      const statement = step.replace(/^-- .*\n?/gm, "").trim();
      return statement !== "" && !unwanted.has(statement);
    })
    .join("\n\n");
}

/** What only SQL can say: `tables` and `indexes` by name, `objects` as name → definition. */
async function readHandWritten(client) {
  const rows = async (sql) => (await client.query(sql)).rows;
  const tables = await rows(PARTITIONED_TABLES);
  const indexes = await rows(SPECIAL_INDEXES);
  const objects = [...indexes, ...(await rows(FUNCTIONS_TRIGGERS_CHECKS))];
  return {
    tables: tables.map((row) => `public.${row.name}`),
    indexes: indexes.map((row) => row.name),
    objects: new Map(
      objects.map((row) => [`${row.kind} ${row.name}`, row.definition]),
    ),
  };
}

function compareObjects({ objects: wanted }, { objects: actual }) {
  const lines = [];
  for (const [name, definition] of wanted)
    if (!actual.has(name)) lines.push(`-- missing: ${name}`);
    else if (actual.get(name) !== definition)
      lines.push(`-- differs: ${name}\n${actual.get(name)}`);
  for (const name of actual.keys())
    if (!wanted.has(name)) lines.push(`-- not in the migrations: ${name}`);
  return lines;
}

const PARTITIONED_TABLES = `
  SELECT relname AS name FROM pg_class
  WHERE relkind = 'p' AND NOT relispartition
    AND relnamespace = 'public'::regnamespace ORDER BY 1`;

// Those with an operator class of their own, covered columns, a predicate, an expression, or
// nulls that are not distinct.
const SPECIAL_INDEXES = `
  SELECT 'index' AS kind, class.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i
  JOIN pg_class class ON class.oid = i.indexrelid
  JOIN pg_class owner ON owner.oid = i.indrelid
  WHERE class.relnamespace = 'public'::regnamespace AND NOT owner.relispartition
    AND (i.indnatts <> i.indnkeyatts OR i.indnullsnotdistinct
      OR i.indpred IS NOT NULL OR i.indexprs IS NOT NULL
      OR EXISTS (SELECT 1 FROM pg_opclass o
        WHERE o.oid = ANY (i.indclass::oid[]) AND NOT o.opcdefault))
  ORDER BY 2`;

const FUNCTIONS_TRIGGERS_CHECKS = `
  SELECT 'function' AS kind, p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS definition
  FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'trigger', t.tgrelid::regclass || '.' || t.tgname, pg_get_triggerdef(t.oid)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND NOT c.relispartition
  UNION ALL
  SELECT 'check', k.conrelid::regclass || '.' || k.conname, pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
  WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('c', 'x') AND NOT c.relispartition
  ORDER BY 1, 2`;
