import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { sealAudit, verifyAudit } from "@/modules/audit";
import { setBalance } from "@/modules/ledger";
import { receivePayment } from "@/modules/payments";
import { randomText } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { world } from "../support/world";
import { openInvoice, standing, usd, wrongBooks } from "./payments-fixture";

/** Tables that are history, and a column of each. */
const history = [
  ["ledger_transactions", "reason"],
  ["ledger_entries", "amount_minor"],
  ["credit_notes", "reason"],
  ["audit_log", "action"],
  ["audit_seals", "digest"],
];

const database = useDatabase();
const role = `app_${randomText(8).toLowerCase()}`;
const password = randomText(20);
let app: pg.Client;

describe("an app whose history belongs to another role", () => {
  // As an installation is set up: the app's role owns everything, and then history goes elsewhere.
  beforeAll(async () => {
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    await database.query(`GRANT ${role} TO CURRENT_USER`);
    await database.query(
      `GRANT ALL ON SCHEMA public, graphile_worker TO ${role}`,
    );
    await database.query(`DO $$ DECLARE thing record; BEGIN
    FOR thing IN SELECT oid::regclass AS name FROM pg_class
      WHERE relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) AND relkind IN ('r', 'p', 'v')
    LOOP EXECUTE format('ALTER TABLE %s OWNER TO ${role}', thing.name); END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    LOOP EXECUTE format('ALTER FUNCTION %s OWNER TO ${role}', thing.name); END LOOP;
  END $$`);
    const script = path.join(
      import.meta.dirname,
      "../../prisma/history-role.sql",
    );
    const sql = await readFile(script, "utf8");
    await database.query(sql);
    await database.query(sql);
    const url = Object.assign(new URL(database.url), {
      username: role,
      password,
    });
    process.env["DATABASE_URL"] = url.href;
    app = new pg.Client({ connectionString: url.href });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
  });

  test("bills, books and audits as a role that can only add to history", async () => {
    const w = await world();
    const { id } = await w.customer();
    await setBalance(w.ctx, id, { balance: usd(300), reason: "Opening" });
    const invoice = await openInvoice(w.ctx, id, 1_000);
    await receivePayment(w.ctx, {
      ...{ customer_id: id, method: "cash", amount: usd(700) },
      invoice_ids: [invoice],
    });
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect(await wrongBooks(database)).toEqual([]);
    await sealAudit(w.ctx, { all: true });
    expect(await verifyAudit(w.ctx)).toMatchObject({ findings_total: 0 });
    const { rows } = await app.query("SELECT current_user AS who");
    expect(rows).toEqual([{ who: role }]);
  });

  test.each(history)(
    "that role cannot change, delete or empty %s",
    async (table, column) => {
      for (const statement of [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ])
        await expect(app.query(statement)).rejects.toMatchObject({
          code: "42501",
        });
    },
  );

  test.each(history)(
    "that role cannot switch off what guards %s",
    async (table) => {
      for (const statement of [
        `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
        `DROP TRIGGER append_only ON ${table}`,
        `ALTER TABLE ${table} OWNER TO ${role}`,
        `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''`,
        "SET session_replication_role = replica",
        "SET ROLE tollkeeper_history",
      ])
        await expect(app.query(statement)).rejects.toMatchObject({
          code: "42501",
        });
    },
  );

  test.each(history)(
    "whoever owns %s, its triggers refuse as well",
    async (table, column) => {
      for (const statement of [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ])
        await expect(database.query(statement)).rejects.toThrow(/append only/);
    },
  );
});
