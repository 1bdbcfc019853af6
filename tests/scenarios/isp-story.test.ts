import { useDatabase } from "../support/database";
import { story } from "../support/journey";
import { useOlderPaths } from "../support/older-paths";
import { plan } from "../support/things";
import { world, type World } from "../support/world";

// The life of an internet provider's customer, call by call, by the paths that such a system had.
const database = useDatabase();
const { ask } = useOlderPaths(database);
jest.setTimeout(120_000);

const kes = (amount: number) => ({ amount, currency: "KES" });
const doe = {
  ...{ name: "John Doe", email: "john@example.com", phone: "+254700123456" },
  ...{ address: "123 Main St, Nairobi", status: "active", currency: "KES" },
  ...{ package: "Basic WiFi", balance: kes(0) },
  ...{ usage_percentage: 0, device_count: 1 },
};

let w: World;
let planId: string;
let at = "";
const chapter = story();

beforeAll(async () => {
  w = await world();
  const sold = await plan(
    w.ctx,
    {
      prices: [{ interval: "month", price: kes(500_000) }],
      features: [
        {
          ...{ feature: "speed", title: "Speed" },
          ...{ kind: "static", value: "10 Mbps" },
        },
      ],
    },
    { code: "basic_wifi", name: "Basic WiFi" },
  );
  planId = sold.id;
});

/** A call that must be answered so; its body. */
async function does(status: number, call: string, body?: object) {
  const answer = await ask(call, body, w.everything);
  expect([call, answer.status, answer.body]).toEqual([
    ...[call, status, expect.anything()],
  ]);
  return answer.body;
}
const names = async (query: string) => {
  const { items } = await does(200, `GET /api/customers?${query}`);
  return items.map(({ name }: { name: string }) => name);
};

chapter(
  "is created, and shows each field that such a customer has",
  async () => {
    const made = await does(201, "POST /api/customers", doe);
    at = `/api/customers/${made.id}`;
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
    const whole = {
      ...{ id: made.id, name: doe.name, email: doe.email, phone: doe.phone },
      ...{ address: doe.address, status: "active", balance: kes(-500_000) },
      ...{ package: "Basic WiFi", usage_percentage: 0, device_count: 1 },
      ...{ joined_at: moment, created_at: moment, updated_at: moment },
      ...{ last_payment_at: null, service_plan_id: planId },
      service_plan: {
        ...{ id: planId, name: "Basic WiFi", speed: "10 Mbps" },
        ...{ price: kes(500_000), interval: "month" },
      },
    };
    expect(made).toMatchObject(whole);
    expect(await does(200, `GET ${at}`)).toMatchObject(whole);
    const list = await does(200, "GET /api/customers");
    expect(list).toMatchObject({
      ...{ total: 1, pages: 1, page: 1, per_page: 20, items: [whole] },
    });
  },
);

chapter("is found among others, page by page, in either order", async () => {
  for (const [name, status, amount] of [
    ["Amina Hassan", "pending", 300],
    ["Brian Otieno", "suspended", 200],
    ["Chebet Ruto", "active", 100],
  ] as const) {
    const email = `${name.split(" ")[0]?.toLowerCase()}@example.com`;
    const balance = { amount, currency: "USD" };
    const body = { name, email, phone: `+2547110${amount}`, status, balance };
    await does(201, "POST /api/customers", body);
  }
  expect(await names("search=AMINA")).toEqual(["Amina Hassan"]);
  expect(await names("search=brian%40ex")).toEqual(["Brian Otieno"]);
  expect(await names("search=7110100")).toEqual(["Chebet Ruto"]);
  for (const [status, name] of [
    ["pending", "Amina Hassan"],
    ["suspended", "Brian Otieno"],
  ] as const)
    expect(await names(`status=${status}`)).toEqual([name]);
  const all = ["Amina Hassan", "Brian Otieno", "Chebet Ruto", "John Doe"];
  // The newest first, unless said.
  expect(await names("")).toEqual([
    "Chebet Ruto",
    ...all.slice(0, 2).reverse(),
    "John Doe",
  ]);
  expect(await names("sort_by=name&sort_order=asc")).toEqual(all);
  expect(await names("sort_by=name&sort_order=desc")).toEqual(all.toReversed());
  expect(await names("sort_by=balance&sort_order=desc")).toEqual(all);
  expect(await names("sort_by=balance&sort_order=asc")).toEqual(
    all.toReversed(),
  );
  expect(await names("sort_by=name&sort_order=asc&page=2&per_page=3")).toEqual([
    "John Doe",
  ]);
});

chapter(
  "is changed, set to another status, given a balance, and read",
  async () => {
    const put = { name: "John A. Doe", address: "45 Side St", device_count: 3 };
    expect(await does(200, `PUT ${at}`, put)).toMatchObject(put);
    for (const status of ["suspended", "pending", "active"])
      expect(await does(200, `PUT ${at}/status`, { status })).toMatchObject({
        ...{ status, is_active: status === "active" },
      });
    const balance = { balance: kes(100_000), reason: "Deposit" };
    expect(await does(200, `PUT ${at}/balance`, balance)).toMatchObject({
      balance: kes(100_000),
    });
    const usage = { usage_percentage: 75, device_count: 2 };
    expect(await does(200, `PUT ${at}/usage`, usage)).toMatchObject(usage);
    expect(await does(200, `GET ${at}`)).toMatchObject({
      ...{ name: "John A. Doe", address: "45 Side St", status: "active" },
      ...{ balance: kes(100_000), ...usage },
    });
  },
);

chapter(
  "has its invoices, payments and tickets, by page and status",
  async () => {
    const { id: customer_id } = await does(200, `GET ${at}`);
    const list = (of: string, query: string) =>
      does(200, `GET ${at}/${of}?page=1&per_page=5&${query}`);
    const [bill] = (await list("invoices", "status=open")).items;
    expect(bill).toMatchObject({ status: "open", total: kes(500_000) });
    await does(201, "POST /api/v1/payments", {
      ...{ customer_id, amount: kes(500_000), method: "mobile_money" },
      invoice_ids: [bill.id],
    });
    expect(await list("invoices", "status=open")).toMatchObject({ total: 0 });
    expect(await list("invoices", "status=paid")).toMatchObject({
      ...{ total: 1, pages: 1, page: 1, per_page: 5, items: [{ id: bill.id }] },
    });
    expect(await list("payments", "status=succeeded")).toMatchObject({
      ...{
        total: 1,
        items: [{ amount: kes(500_000), method: "mobile_money" }],
      },
    });
    expect(await list("payments", "status=failed")).toMatchObject({ total: 0 });
    const { last_payment_at } = await does(200, `GET ${at}`);
    expect(last_payment_at).not.toBeNull();
    const subject = "I am offline";
    await does(201, "POST /api/support", {
      ...{ customer_id, subject, body: "Since this morning." },
    });
    expect(await list("tickets", "status=open")).toMatchObject({
      ...{ total: 1, items: [{ subject }] },
    });
    expect(await list("tickets", "status=closed")).toMatchObject({ total: 0 });
  },
);

chapter("counts in the figures", async () => {
  expect(await does(200, "GET /api/customers/stats")).toMatchObject({
    ...{ total_customers: 4, active_customers: 2, suspended_customers: 1 },
    ...{ pending_customers: 1, average_balance: { amount: 200 } },
    top_customers_by_balance: [
      // The deposit, and the payment of what was owed.
      { name: "John A. Doe", balance: kes(600_000) },
      { name: "Amina Hassan", balance: { amount: 300, currency: "USD" } },
      { name: "Brian Otieno" },
      { name: "Chebet Ruto" },
    ],
  });
});

chapter(
  "stays while there are bills, and what is wrong is said with its status",
  async () => {
    const kept = await does(409, `DELETE ${at}`);
    expect(
      kept.details.blockers.map(({ kind }: { kind: string }) => kind),
    ).toEqual(expect.arrayContaining(["invoices", "payments", "open tickets"]));
    const free = {
      name: "Short Lived",
      email: "short@example.com",
      phone: "1",
    };
    const { id } = await does(201, "POST /api/customers", free);
    const gone = { id, deleted: true };
    expect(await does(200, `DELETE /api/customers/${id}`)).toEqual(gone);
    await does(404, `GET /api/customers/${id}`);
    await does(409, "POST /api/customers", { ...doe, name: "Another" });
    await does(409, `PUT ${at}`, { email: "amina@example.com" });
    const bad = { status: "gone", email: "nowhere" };
    const { details } = await does(400, "POST /api/customers", bad);
    expect(details.fields.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(["body.email", "body.full_name", "body.status"]),
    );
    for (const call of [
      "GET /api/customers",
      `DELETE ${at}`,
      `PUT ${at}/usage`,
    ])
      expect([call, (await ask(call)).status]).toEqual([call, 401]);
  },
);
