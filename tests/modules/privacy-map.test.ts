import { ofNobody, reach } from "@/modules/privacy/reach";
import { useDatabase } from "../support/database";

const database = useDatabase();

type Table = { name: string; columns: string[] };

async function tables(): Promise<Table[]> {
  return database.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     GROUP BY c.relname ORDER BY 1`,
  );
}

/** Tables whose rows point at a customer or a person, over however many others. */
async function reached(): Promise<Set<string>> {
  const links = await database.query<{ from_table: string; to_table: string }>(
    `SELECT conrelid::regclass::text AS from_table, confrelid::regclass::text AS to_table
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  const naming =
    /^(customer|user|subject|viewing|on_behalf_of|uploaded_by)_id$|^recipient$/;
  const found = new Set(
    (await tables())
      .filter(({ columns }) => columns.some((name) => naming.test(name)))
      .map(({ name }) => name),
  );
  for (const root of ["customers", "users"]) found.add(root);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { from_table, to_table } of links)
      if (found.has(to_table)) found.add(from_table);
  }
  return found;
}

test("every table is mapped: as one that reaches a customer, or as one that says nothing of any", async () => {
  const names = (await tables()).map(({ name }) => name);
  const mapped = [...Object.keys(reach), ...Object.keys(ofNobody)];
  expect(mapped.filter((name, at) => mapped.indexOf(name) !== at)).toEqual([]);
  expect(names.filter((name) => !mapped.includes(name))).toEqual([]);
  expect(mapped.filter((name) => !names.includes(name))).toEqual([]);
});

test("a table that points at a customer or a person is mapped as reaching", async () => {
  const all = await reached();
  expect(all.size).toBeGreaterThan(50);
  expect([...all].filter((name) => !(name in reach))).toEqual([]);
});

test("a new table that reaches a customer is missed until it is mapped", async () => {
  await database.query(
    `CREATE TABLE wishes (id uuid PRIMARY KEY, customer_id uuid NOT NULL, wish text);
     CREATE TABLE wish_parts (id uuid PRIMARY KEY, wish uuid REFERENCES wishes, part text)`,
  );
  const missing = [...(await reached())].filter((name) => !(name in reach));
  await database.query("DROP TABLE wish_parts, wishes");
  expect(missing.sort()).toEqual(["wish_parts", "wishes"]);
});

test("no secret, hash or digest is given away", async () => {
  const given = (await tables()).flatMap(({ name, columns }) => {
    const how = reach[name]?.export;
    if (!how || "none" in how) return [];
    return columns
      .filter((column) => !how.withheld?.includes(column))
      .map((column) => `${name}.${column}`);
  });
  expect(given.length).toBeGreaterThan(300);
  // Counts of what language models read and wrote, and sizes, are none.
  const isCount = (name: string) =>
    /\.tokens(_\w+)?$|_bytes$|^tenant_backups\.bytes$/.test(name);
  expect(
    given.filter(
      (name) =>
        /secret|hash|_mac$|\.mac$|digest|token|bytes$/.test(name) &&
        !isCount(name),
    ),
  ).toEqual([]);
});

test("each column that the map names is there", async () => {
  const columns = new Map(
    (await tables()).map(({ name, columns: all }) => [name, all]),
  );
  const wrong = Object.entries(reach).flatMap(([table, how]) => {
    const has = (name: string) => columns.get(table)?.includes(name);
    const exported = "none" in how.export ? {} : how.export;
    const named = [
      ...(exported.withheld ?? []),
      ...Object.keys(exported.as ?? {}),
      ...(exported.key ?? []),
      ...(how.legal ?? []),
      ...(how.codes ?? []),
      ...(typeof how.erase === "object" ? Object.keys(how.erase.set) : []),
    ];
    return named.filter((name) => !has(name)).map((name) => `${table}.${name}`);
  });
  expect(wrong).toEqual([]);
});
