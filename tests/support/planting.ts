import pg from "pg";
import { reach } from "@/modules/privacy/reach";
import { condition, type Subjects } from "@/modules/privacy/queries/tables";

type Column = { name: string; type: string; is_needed: boolean };

/** Columns whose words are what a row is found by, or which no row may hold any words in. */
const unplanted = new Set([
  "idempotency_keys.scope",
  "api_rate_limits.key",
  "mails.recipient",
  "inbound_webhooks.payload",
  "outbox.payload",
  "sandbox_objects.data",
  "provider_customers.external_id",
  "erasures.subjects",
]);

/**
 * Sees to it that each table of the map has a row of the customer, and writes a word of its own into
 * each text column of it, past the app. Answers the words by `table.column`.
 */
export async function plantEverywhere(
  url: string,
  subjects: Subjects,
  word: string,
): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Neither triggers nor foreign keys: a row may stand alone.
    await client.query("BEGIN");
    const restore = await withoutGuards(client);
    const known: Record<string, unknown> = {
      customer_id: subjects.customer,
      subject_id: subjects.customer,
      user_id: subjects.people[0],
      uploaded_by_id: subjects.people[0],
    };
    const failed: string[] = [];
    for (const table of order().filter((name) => name !== "audit_seals")) {
      await client.query("SAVEPOINT making");
      await ensureRow(client, table, subjects, known, word).catch(
        async (error: Error) => {
          failed.push(error.message);
          await client.query("ROLLBACK TO making");
        },
      );
    }
    // given() says what a row of a new table needs.
    if (failed.length > 0) throw new Error(failed.join("\n"));
    const planted = new Map<string, string>();
    for (const table of Object.keys(reach))
      // Signed and chained: what stands there the app writes.
      if (!["audit_log", "audit_seals"].includes(table))
        await plantInto(client, table, subjects, word, planted);
    await restore();
    await client.query("COMMIT");
    return planted;
  } finally {
    await client.end();
  }
}

/** Takes triggers and foreign keys away; the answer puts them back, without a look at what is there. */
async function withoutGuards(client: pg.Client) {
  const tables = Object.keys(reach);
  const { rows: keys } = await client.query<{
    place: string;
    name: string;
    definition: string;
  }>(
    `SELECT conrelid::regclass::text AS place, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  for (const { place, name } of keys)
    await client.query(`ALTER TABLE ${place} DROP CONSTRAINT "${name}"`);
  for (const table of tables)
    await client.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  return async () => {
    for (const table of tables)
      await client.query(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
    for (const { place, name, definition } of keys)
      await client.query(
        `ALTER TABLE ${place} ADD CONSTRAINT "${name}" ${definition.replace(/ NOT VALID$/, "")} NOT VALID`,
      );
  };
}

const parents: Record<string, string> = {
  sessions: "session_id",
  api_keys: "key_id",
  licenses: "license_id",
  subscriptions: "subscription_id",
  invoices: "invoice_id",
  payments: "payment_id",
  tickets: "ticket_id",
  ticket_messages: "message_id",
  tenants: "tenant_id",
  tenant_jobs: "job_id",
  audit_log: "entry_id",
  ledger_transactions: "transaction_id",
};

function order(): string[] {
  const first = Object.keys(parents);
  return [
    ...first,
    ...Object.keys(reach).filter((table) => !first.includes(table)),
  ];
}

/** Values that a row needs to be the customer's, or not to stand in the way. */
function given(
  table: string,
  { id, names, emails, refs }: Subjects,
  word: string,
) {
  const all: Record<string, Record<string, unknown>> = {
    subscriptions: {
      status: "canceled",
      ended_at: new Date(),
      canceled_at: new Date(),
      current_period_start: new Date(0),
    },
    credit_notes: { total_minor: 1, to_credit_minor: 0, to_refund_minor: 0 },
    feature_grants: { kind: "static", value: '"x"' },
    boosts: { per_second: 1 },
    customer_entitlements: { period_start: new Date(0) },
    invitations: { customer_role: "member" },
    import_rows: { line: 2, result: "made" },
    invoices: { status: "paid", number: `${word}-1`, issued_at: new Date() },
    payments: { status: "succeeded", paid_at: new Date() },
    refunds: { status: "succeeded" },
    disputes: { status: "won" },
    tenants: { status: "deleted", deleted_at: new Date() },
    tenant_backups: { status: "deleted", deleted_at: new Date() },
    mails: { recipient: emails[0] },
    outbox: { payload: { customer_id: id, note: word } },
    inbound_webhooks: {
      event_id: crypto.randomUUID(),
      payload: { customer: refs[0], note: word },
    },
    sandbox_objects: { customer: refs[0], data: { id: refs[0], note: word } },
    idempotency_keys: { scope: `user:${names[1]}@${id}` },
    api_rate_limits: { key: `portal:${names[1]}` },
    erasures: { status: "canceled", asked_by_kind: "customer" },
    attachments: { uploaded_by_kind: "customer" },
    usage_events: { occurred_at: new Date() },
    usage_hourly: { endpoint: "" },
    provider_customers: { external_id: refs[0] },
    ledger_entries: { amount_minor: 1 },
  };
  return all[table] ?? {};
}

async function ensureRow(
  client: pg.Client,
  table: string,
  subjects: Subjects,
  known: Record<string, unknown>,
  word: string,
): Promise<void> {
  if (!(await hasRow(client, table, subjects))) {
    const fields = {
      ...(await needed(client, table, known)),
      ...given(table, subjects, word),
    };
    const names = Object.keys(fields);
    await client
      .query(
        `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(", ")})
         VALUES (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
        Object.values(fields),
      )
      .catch((error: Error) => {
        throw new Error(`No row for ${table}: ${error.message}`);
      });
    if (!(await hasRow(client, table, subjects)))
      throw new Error(`The row of ${table} does not reach the customer`);
  }
  const parent = parents[table];
  if (!parent) return;
  const theirs = condition(reach[table]?.of ?? "", subjects);
  const { rows } = await client.query<{ id: string }>(
    `SELECT t.id FROM "${table}" t WHERE ${theirs.text} LIMIT 1`,
    theirs.values,
  );
  known[parent] = rows[0]?.id;
}

async function hasRow(client: pg.Client, table: string, subjects: Subjects) {
  const theirs = condition(reach[table]?.of ?? "", subjects);
  const { rows } = await client.query(
    `SELECT 1 FROM "${table}" t WHERE ${theirs.text} LIMIT 1`,
    theirs.values,
  );
  return rows.length > 0;
}

/** A value for each column that must have one. */
async function needed(
  client: pg.Client,
  table: string,
  known: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const allowed = await allowedValues(client, table);
  const fields: Record<string, unknown> = {};
  for (const { name, type, is_needed } of await columnsOf(client, table)) {
    const value =
      known[name] ??
      (is_needed ? (allowed.get(name) ?? valueOf(name, type)) : undefined);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function valueOf(name: string, type: string): unknown {
  if (name === "currency") return "USD";
  if (type === "uuid") return crypto.randomUUID();
  if (type.endsWith("[]")) return [];
  if (/^(text|character)/.test(type)) return `x-${name}`;
  if (type.startsWith("json")) return {};
  if (type === "bytea") return Buffer.from("x");
  if (type === "boolean") return false;
  if (/^(timestamp|date)/.test(type)) return new Date();
  return 1;
}

/** The first value of columns that have a list of them. */
async function allowedValues(client: pg.Client, table: string) {
  const { rows } = await client.query<{ definition: string }>(
    "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'",
    [table],
  );
  return new Map(
    rows.flatMap(({ definition }) => {
      const found = /\(?"?(\w+)"? = ANY \(\(?ARRAY\['([^']+)'/.exec(definition);
      return found ? [[found[1] ?? "", found[2] ?? ""] as const] : [];
    }),
  );
}

async function columnsOf(client: pg.Client, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
       a.attnotnull AND NOT a.atthasdef AS is_needed
     FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table],
  );
  return rows;
}

async function plantInto(
  client: pg.Client,
  table: string,
  subjects: Subjects,
  word: string,
  planted: Map<string, string>,
): Promise<void> {
  const { codes = [], of } = reach[table] ?? { of: "FALSE" };
  const theirs = condition(of, subjects);
  for (const { name, type } of await columnsOf(client, table)) {
    const column = `${table}.${name}`;
    if (codes.includes(name) || unplanted.has(column)) continue;
    const text = `${word}.${table}.${name}@words.example`;
    const value = planting(type);
    if (value === null) continue;
    const at = `$${theirs.values.length + 1}`;
    await client.query("SAVEPOINT planting");
    try {
      await client.query(
        `UPDATE "${table}" t SET "${name}" = ${value(at)} WHERE ${theirs.text}`,
        [...theirs.values, text],
      );
      planted.set(column, text);
    } catch (error) {
      await client.query("ROLLBACK TO planting");
      // A list of values, or a form that no word has.
      if (
        !(error instanceof pg.DatabaseError) ||
        !["23514", "23505", "22001"].includes(error.code ?? "")
      )
        throw error;
    }
  }
}

function planting(type: string): ((at: string) => string) | null {
  if (type === "text[]") return (at) => `ARRAY[${at}::text]`;
  if (/^(text|character)/.test(type)) return (at) => `${at}::text`;
  if (type.startsWith("json"))
    return (at) => `jsonb_build_object('said', ${at}::text)`;
  if (type === "bytea") return (at) => `convert_to(${at}::text, 'UTF8')`;
  return null;
}
