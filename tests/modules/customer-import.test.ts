import { readImport } from "@/modules/batches/import-file";
import { setBalance } from "@/modules/ledger";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const send = (csv: string, dry_run = false) =>
  callRoute("imports.create", { headers, body: { csv, dry_run } });
const get = async (import_id: string) =>
  (await callRoute("imports.get", { headers, params: { import_id } })).body;
const undo = (import_id: string) =>
  callRoute("imports.undo", { headers, params: { import_id } });
const listed = async (search: string) =>
  (await callRoute("customers.list", { headers, query: { search } })).body
    .items;
const errorsOf = (csv: string) =>
  readImport(csv).errors.map(({ line, field, message }) => [
    line,
    field,
    message,
  ]);

test("a file makes a customer a line, as POST customers would", async () => {
  const csv = [
    "Email,full_name,company_name,phone,tags,metadata,country,currency,note",
    'one@import.example,One,"Ein, zwei",\'+254700,"VIP, new","{""plan"":""gold""}",ke,kes,x',
    "",
    '  two@import.example ,"Two\nLines",,,,,,,',
    "",
  ].join("\r\n");
  const dry = await send(csv, true);
  expect(dry.status).toBe(202);
  expect(dry.body).toMatchObject({
    ...{ id: null, status: "checked", total: 2, error_count: 0, errors: [] },
    ignored_columns: ["note"],
  });
  expect(await listed("import.example")).toEqual([]);
  const { status, body } = await send(csv);
  expect([status, body.status]).toEqual([202, "running"]);
  await runJobs(database);
  expect(await get(body.id)).toMatchObject({
    ...{ status: "done", total: 2, made: 2, refused: 0, errors: [] },
  });
  expect(await listed("one@import.example")).toMatchObject([
    {
      ...{ full_name: "One", company_name: "Ein, zwei", phone: "+254700" },
      ...{ tags: ["new", "vip"], metadata: { plan: "gold" } },
      ...{ country: "KE", currency: "KES", status: "active" },
    },
  ]);
  const log = await callRoute("audit.list", {
    headers,
    query: { action: "customer.created" },
  });
  expect(log.body.items).toHaveLength(2);
});

test("an export can be imported elsewhere", async () => {
  await w.customer({
    ...{ email: "round@trip.example", full_name: "=Round", phone: "+1" },
    ...{
      tags: ["a", "b"],
      metadata: { n: 1 },
      company_name: 'Say "hi"\nthere',
    },
  });
  const { body: csv } = await callRoute("customerFiles.export", {
    headers,
    query: { search: "round@trip" },
  });
  const { lines, errors } = readImport(csv);
  expect(errors).toEqual([]);
  expect(lines).toMatchObject([
    {
      line: 2,
      input: {
        ...{ email: "round@trip.example", full_name: "=Round", phone: "+1" },
        ...{
          tags: ["a", "b"],
          metadata: { n: 1 },
          company_name: 'Say "hi"\nthere',
        },
      },
    },
  ]);
});

test("what is wrong is said by line and column, and nothing is imported", async () => {
  const there = await w.customer();
  const csv = [
    "email,full_name,country,external_id",
    "good@wrong.example,Good,,e1",
    "nope,Bad,,",
    'x@wrong.example,"Line\nbreak",Kenya,',
    ",Nobody,,",
    "good@wrong.example,Again,,e1",
    `${there.email},There,,`,
    "a@wrong.example,Too,KE,e2,many",
  ].join("\n");
  const dry = await send(csv, true);
  expect(
    dry.body.errors.map(({ line, field }: { line: number; field: string }) => [
      line,
      field,
    ]),
  ).toEqual([
    [3, "email"],
    [4, "country"],
    [6, "email"],
    [7, "email"],
    [7, "external_id"],
    [8, "email"],
    [9, null],
  ]);
  expect(dry.body.errors[3].message).toBe("is on line 2 too");
  const real = await send(csv);
  expect(real.status).toBe(400);
  expect(real.body.details.fields[0]).toMatchObject({
    field: "body.csv.3.email",
  });
  await runJobs(database);
  expect(await listed("wrong.example")).toEqual([]);
});

test.each([
  ["full_name\nAda", "must name the columns, email among them"],
  ["email\na@b.example", "must name the column full_name"],
  ["email,full_name", "is followed by no customer"],
  ["email,full_name,email\na,b,c", "names the column email twice"],
])("the first line of %j does not do", (csv, message) => {
  expect(errorsOf(csv)).toEqual([[1, null, message]]);
});

test("more than ten thousand customers are too many", () => {
  const lines = Array.from({ length: 10_001 }, (_, i) => `c${i}@a.example,C`);
  const [found] = errorsOf(["email,full_name", ...lines].join("\n"));
  expect(found?.[2]).toContain("10001 customers; at most 10000");
});

test("an address that is taken while the import runs is refused, and the rest is made", async () => {
  const { body } = await send(
    "email,full_name\nr1@race.example,A\nr2@race.example,B\n",
  );
  await w.customer({ email: "r2@race.example" });
  await runJobs(database);
  expect(await get(body.id)).toMatchObject({
    ...{ status: "done", made: 1, refused: 1, error_count: 1 },
    errors: [
      {
        line: 3,
        message: expect.stringContaining("Another customer has this email"),
      },
    ],
  });
});

test("undo deletes what was made but for those that something depends on", async () => {
  const { body } = await send(
    "email,full_name\nu1@undo.example,A\nu2@undo.example,B\nu3@undo.example,C\n",
  );
  expect((await undo(body.id)).status).toBe(409);
  await runJobs(database);
  const [owing] = await listed("u2@undo");
  await setBalance(w.ctx, owing.id, {
    balance: { amount: 100, currency: "USD" },
    reason: "A test",
  });
  const [gone] = await listed("u3@undo");
  await callRoute("customers.remove", {
    headers,
    params: { customer_id: gone.id },
  });
  expect((await undo(body.id)).body.status).toBe("undoing");
  await runJobs(database);
  expect(await get(body.id)).toMatchObject({
    ...{ status: "undone", made: 3, removed: 2, kept: 1 },
    errors: [
      { line: 3, message: expect.stringContaining("cannot be deleted") },
    ],
  });
  expect(await listed("undo.example")).toMatchObject([{ id: owing.id }]);
  expect((await undo(body.id)).status).toBe(409);
});

test("an import is for who may write customers", async () => {
  const cookie = await w.staffCookie("viewer");
  const answer = await callRoute("imports.create", {
    headers: { cookie, origin: w.origin },
    body: { csv: "email,full_name\na@b.example,A", dry_run: true },
  });
  expect(answer.status).toBe(403);
});
