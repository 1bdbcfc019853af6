import { exportData, exportOwnData } from "@/modules/privacy";
import { reach } from "@/modules/privacy/reach";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { plantedCustomer, unpack } from "./privacy-fixture";

const database = useDatabase();

let w: World;
let customer: Awaited<ReturnType<typeof plantedCustomer>>;
beforeAll(async () => {
  w = await world();
  customer = await plantedCustomer(w, database);
}, 60_000);

const owner = (customerId: string) =>
  ({
    selfService: { off: new Set<never>(), contact: "" },
    ...({ kind: "customer", role: "owner", customerId } as const),
    ...{
      userId: "usr_01jd0000000000000000000000",
      name: "Owner",
      sessionId: "",
    },
    ...{ hasTwoFactor: false, restriction: null },
  }) as const;

test("an export holds each column of each table that reaches the customer, but for what is withheld", async () => {
  const files = await unpack(await exportData(w.ctx, customer.id));
  const all = [...files]
    .filter(([name]) => !name.startsWith("files/"))
    .map(([, text]) => text)
    .join("");
  expect(customer.planted.size).toBeGreaterThan(100);
  const wrong = [...customer.planted].filter(([column, text]) => {
    const [table = "", name = ""] = column.split(".");
    const how = reach[table]?.export ?? {};
    const isGiven = !("none" in how) && !how.withheld?.includes(name);
    return all.includes(text) !== isGiven;
  });
  // A person stands in the exports of all tables by id, and a mail by its address.
  expect(wrong.map(([column]) => column)).toEqual([]);
  for (const [name, text] of files)
    if (name.endsWith(".json"))
      expect(() => void JSON.parse(text)).not.toThrow();
  const index = JSON.parse(files.get("index.json") ?? "");
  expect(Object.keys(index.tables).sort()).toEqual(Object.keys(reach).sort());
  expect(index.tables.invoices).toMatchObject({
    rows: 1,
    files: ["invoices.json"],
  });
  const [file] = [...files].filter(([name]) => name.startsWith("files/"));
  expect(file?.[1]).toBe("x");
});

test("its own people get the same without what staff noted, and where others signed in", async () => {
  const ctx = { ...w.ctx, actor: owner(customer.id) };
  const files = await unpack(await exportOwnData(ctx));
  const all = [...files.values()].join("");
  expect(all).toContain(customer.planted.get("invoices.buyer"));
  expect(all).toContain(customer.planted.get("api_keys.name"));
  for (const column of ["notes.body", "sessions.user_agent", "outbox.name"])
    expect([column, all.includes(customer.planted.get(column) ?? "-")]).toEqual(
      [column, false],
    );
});

test("a note among staff in a ticket is in the staff's export only", async () => {
  const secret = `${customer.word} between us`;
  await database.query(
    "UPDATE ticket_messages SET is_internal = true, side = 'staff', author_kind = 'staff', body = $1 WHERE body LIKE $2",
    [secret, `${customer.word}%`],
  );
  const ours = await unpack(await exportData(w.ctx, customer.id));
  expect(ours.get("ticket_messages.json")).toContain(secret);
  const theirs = await unpack(
    await exportOwnData({ ...w.ctx, actor: owner(customer.id) }),
  );
  expect([...theirs.values()].join("")).not.toContain(secret);
});

test("nothing of another customer is in it", async () => {
  const other = await plantedCustomer(w, database);
  const files = await unpack(await exportData(w.ctx, customer.id));
  expect([...files.values()].join("")).not.toContain(other.word);
}, 60_000);

test("who made one stands in the log; billing people and viewers may not", async () => {
  const { cookie, customerId } = await w.person("owner");
  const answer = await callRoute("privacy.ownExport", { headers: { cookie } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="data-cus_.*\.zip"$/,
  );
  const [row] = await database.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM audit_log WHERE action = 'customer.data_exported' AND actor_kind = 'customer'",
  );
  expect(row?.n).toBeGreaterThan(0);
  for (const role of ["billing", "member"] as const) {
    const person = await w.person(role, customerId);
    const refused = await callRoute("privacy.ownExport", {
      headers: { cookie: person.cookie },
    });
    expect([role, refused.status]).toEqual([role, 403]);
  }
  const viewer = await w.staffCookie("viewer");
  const seen = await callRoute("privacy.export", {
    params: { customer_id: customerId },
    headers: { cookie: viewer },
  });
  expect(seen.status).toBe(403);
});

test("rows come in files of a bounded length, each once", async () => {
  const { id } = await w.customer();
  await database.query(
    `INSERT INTO usage_events (id, customer_id, occurred_at, received_at, meter, tokens_input, tokens_output, tokens_cached, tokens_reasoning, quantity, properties)
     SELECT 'e' || n, (SELECT id FROM customers ORDER BY id DESC LIMIT 1), now() - n % 7 * interval '1 hour', now(), 'calls', 0, 0, 0, 0, 1, '{}' FROM generate_series(1, 4321) n`,
  );
  const files = await unpack(await exportData(w.ctx, id));
  const rows = JSON.parse(files.get("usage_events.json") ?? "[]") as {
    id: string;
  }[];
  expect(new Set(rows.map((row) => row.id)).size).toBe(4321);
  expect(rows).toHaveLength(4321);
});
