import { getInbound, payInvoice, reconcile } from "@/modules/payments";
import { watchMethods } from "@/modules/payments/service/methods";
import { transaction } from "@/platform/db/transaction";
import { emit, type DomainEvent } from "@/platform/outbox";
import { fromUuid, toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import { openInvoice, sandboxCheckout, saveCard } from "./payments-fixture";

const database = useDatabase();

let w: World;
let customer_id: string;
let person: { cookie: string };
let staff: Record<string, string>;
beforeAll(async () => {
  w = await world();
  staff = { cookie: await w.staffCookie("billing"), origin: w.origin };
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
  person = await w.person("owner", customer_id);
});

const inbox = async (headers: Record<string, string>): Promise<string[]> =>
  (
    await callRoute("notifications.list", { headers, query: {} })
  ).body.items.map(({ title }: { title: string }) => title);
const theirs = () => inbox({ cookie: person.cookie, origin: w.origin });
const ours = () => inbox(staff);
const tell = (event: DomainEvent) =>
  transaction(w.ctx, (tx) => emit(tx, event)).then(() => runJobs(database));
const lettersOf = (invoice: string) =>
  database.query<{ text: string }>(
    `SELECT m.text FROM mails m JOIN invoices i ON m.subject LIKE '%' || i.number || '%'
     WHERE i.id = $1 AND m.template = 'invoice_failed'`,
    [toUuid(invoice)],
  );

test("a charge that fails is told to the customer, with a link that pays, and to staff", async () => {
  await saveCard(w.ctx, database, customer_id, "authenticates");
  const invoice = await openInvoice(w.ctx, customer_id, 2_500);
  await payInvoice(w.ctx, invoice, { by: "default_method" });
  await runJobs(database);
  expect((await theirs())[0]).toMatch(/^The payment of invoice .+ failed$/);
  expect((await ours())[0]).toMatch(/^A payment of .+ failed$/);
  const letters = await lettersOf(invoice);
  expect(letters).toHaveLength(1);
  const [, path = ""] = /(\/pay\/[\w.-]+)/.exec(letters[0]?.text ?? "") ?? [];
  const token = path.split("/").at(-1) ?? "";
  const view = await callRoute("GET /v1/pay/{token}", { params: { token } });
  expect([view.status, view.body.due.amount]).toEqual([200, 2_500]);
});

test("a card that is declined on the provider's page is told there, and nowhere else", async () => {
  const before = await ours();
  const invoice = await openInvoice(w.ctx, customer_id, 700);
  const { act } = await sandboxCheckout(w.ctx, customer_id, invoice);
  await act({ outcome: "decline" });
  await runJobs(database);
  expect(await theirs()).toEqual([]);
  expect(await ours()).toEqual(before);
  expect(await lettersOf(invoice)).toEqual([]);
});

test("a default card that expires soon is told once", async () => {
  const { act } = await sandboxCheckout(w.ctx, customer_id, null);
  const now = new Date();
  const card = {
    brand: "visa",
    behavior: "pays",
    expires_month: now.getUTCMonth() + 1,
    expires_year: now.getUTCFullYear(),
  } as const;
  await act({ card });
  await runJobs(database);
  await watchMethods(w.ctx);
  await watchMethods(w.ctx);
  await runJobs(database);
  expect(await theirs()).toEqual([
    expect.stringMatching(/^Your card visa 4242 expires in \d\d\/\d{4}$/),
  ]);
});

test("how a dispute goes is told to staff", async () => {
  for (const [status, words] of [
    ["open", /disputes a payment of \$25\.00$/],
    ["lost", /^The dispute of .+ is lost: \$25\.00 was taken back$/],
    ["won", /^The dispute of .+ is won: \$25\.00 stays$/],
  ] as const) {
    await tell({
      name: "payment.disputed",
      payload: {
        ...{ provider: "stripe", customer_id, status },
        ...{ amount_minor: 2_500, currency: "USD" },
      },
    });
    expect((await ours())[0]).toMatch(words);
  }
});

test("an event that was given up is told to those who can act", async () => {
  const [row] = await database.query<{ id: string }>(
    `INSERT INTO inbound_webhooks (id, provider, event_id, type, payload, status, last_error)
     VALUES (gen_random_uuid(), 'sandbox', 'evt_dead', 'payment.x', '{}', 'dead', 'It broke') RETURNING id`,
  );
  const inbound_webhook_id = fromUuid("iwh", row?.id ?? "");
  expect((await getInbound(w.ctx, inbound_webhook_id)).status).toBe("dead");
  const admin = { cookie: await w.staffCookie("admin"), origin: w.origin };
  await tell({
    name: "inbound_webhook.dead",
    payload: { inbound_webhook_id, provider: "sandbox", type: "payment.x" },
  });
  expect(await inbox(admin)).toEqual([
    "An event of Sandbox could not be processed",
  ]);
});

test("a comparison that finds differences is told to staff; one that finds none is not", async () => {
  const before = await ours();
  const hour = 3_600_000;
  const soon = {
    from: new Date(Date.now() - hour).toISOString(),
    to: new Date(Date.now() + hour).toISOString(),
  };
  expect((await reconcile(w.ctx, soon)).differences).toEqual([]);
  await runJobs(database);
  expect(await ours()).toEqual(before);
  const invoice = await openInvoice(w.ctx, customer_id, 300);
  await (await sandboxCheckout(w.ctx, customer_id, invoice)).act({});
  await database.query("DELETE FROM graphile_worker._private_jobs");
  await reconcile(w.ctx, soon);
  await runJobs(database);
  expect((await ours())[0]).toBe(
    "One payment differs from what the providers hold",
  );
});
