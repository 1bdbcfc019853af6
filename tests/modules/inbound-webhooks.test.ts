import {
  getInbound,
  listCustomerPayments,
  listMethods,
  receiveWebhook,
} from "@/modules/payments";
import { sandboxEvent } from "@/modules/payments/service/sandbox-page";
import { signedHeaders } from "@/modules/payments/providers/sandbox-signature";
import { processInbound } from "@/modules/payments/service/process";
import type { Ctx } from "@/platform/context";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { world, type World } from "../support/world";
import {
  openInvoice,
  sandboxCheckout,
  standing,
  unsentEvents,
  wrongBooks,
} from "./payments-fixture";

const database = useDatabase();

let w: World;
let headers: Record<string, string>;
let customer_id: string;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

const payments = async (id = customer_id) =>
  (await listCustomerPayments(w.ctx, id, {})).items;

async function post(
  eventId: string,
  change: (raw: string, headers: Headers) => string = (raw) => raw,
) {
  const event = await sandboxEvent(w.ctx, eventId);
  if (!event) throw new Error(`There is no ${eventId}`);
  const body = change(event.raw, event.headers);
  return callRoute("inbound.sandbox", {
    body,
    headers: Object.fromEntries(event.headers),
  });
}

describe("an event", () => {
  test("is kept once and has one effect, however often it is sent", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 2_500);
    const { act } = await sandboxCheckout(w.ctx, customer_id, invoice);
    await act({});
    const events = await unsentEvents(database);
    for (let i = 0; i < 3; i += 1)
      for (const answer of await Promise.all(events.map((id) => post(id))))
        expect([answer.status, answer.body]).toEqual([200, { received: true }]);
    await runJobs(database);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    expect(await payments()).toHaveLength(1);
    const kept = await database.query(
      "SELECT status FROM inbound_webhooks WHERE event_id = ANY($1)",
      [events],
    );
    expect(kept).toEqual(events.map(() => ({ status: "processed" })));
  });

  test("whose body, time or signature was changed is refused, and not kept", async () => {
    await (await sandboxCheckout(w.ctx, customer_id, null)).act({});
    const [id = ""] = await unsentEvents(database);
    const changes: ((raw: string, headers: Headers) => string)[] = [
      (raw) => `${raw} `,
      (raw, given) => {
        given.set("webhook-timestamp", "1700000000");
        return raw;
      },
      (raw, given) => {
        given.delete("webhook-signature");
        return raw;
      },
      (raw, given) => {
        given.set("webhook-id", "another");
        return raw;
      },
    ];
    for (const change of changes)
      expect((await post(id, change)).status).toBe(400);
    const kept = await database.query(
      "SELECT 1 FROM inbound_webhooks WHERE event_id = $1",
      [id],
    );
    expect(kept).toEqual([]);
  });

  test("signed long ago is refused, though it was right then", async () => {
    const raw = JSON.stringify({ id: "sbx_evt_old", type: "payment.x" });
    const old = signedHeaders("sbx_evt_old", raw, new Date(Date.now() - 6e5));
    await expect(
      receiveWebhook(w.ctx, "sandbox", raw, old),
    ).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });

  test("of an unknown type is kept as ignored", async () => {
    const id = `evt_${Date.now()}`;
    const raw = JSON.stringify({
      ...{ id, type: "weather.changed", data: { object: { id: "x" } } },
      created_at: new Date().toISOString(),
    });
    const signed = signedHeaders(id, raw, new Date());
    await receiveWebhook(w.ctx, "sandbox", raw, signed);
    const answer = await callRoute("inbound.list", {
      headers,
      query: { event_id: id },
    });
    expect(answer.body.items).toMatchObject([
      { status: "ignored", type: "weather.changed", attempts: 0 },
    ]);
  });

  test("of a provider that is not set up is refused with 404", async () => {
    const answer = await callRoute("inbound.paddle", { body: {} });
    expect(answer.status).toBe(404);
  });
});

describe("processing", () => {
  /** An event about something that the provider then does not find. */
  async function brokenEvent(): Promise<string> {
    const id = `evt_broken_${Math.random()}`;
    const raw = JSON.stringify({
      ...{
        id,
        type: "refund.succeeded",
        data: { object: { id: "sbx_broken" } },
      },
      created_at: new Date().toISOString(),
    });
    // A refund of a payment that has not come: it waits for it, by failing.
    await database.query(
      `INSERT INTO sandbox_objects (id, kind, data, updated_at) VALUES ('sbx_broken', 'refund', $1, now()) ON CONFLICT DO NOTHING`,
      [JSON.stringify({ status: "succeeded", minor: "no number" })],
    );
    await receiveWebhook(
      w.ctx,
      "sandbox",
      raw,
      signedHeaders(id, raw, new Date()),
    );
    const [row] = await database.query<{ id: string }>(
      "SELECT id FROM inbound_webhooks WHERE event_id = $1",
      [id],
    );
    const { body } = await callRoute("inbound.list", {
      headers,
      query: { event_id: id },
    });
    expect(row).toBeDefined();
    return body.items[0].id;
  }

  test("that fails is tried again, ends in the dead letters, and can be replayed", async () => {
    const id = await brokenEvent();
    await runJobs(database);
    const dead = await getInbound(w.ctx, id);
    expect([dead.status, dead.attempts]).toEqual(["dead", 8]);
    expect(dead.last_error).toContain("BigInt");
    await database.query("DELETE FROM sandbox_objects WHERE id = 'sbx_broken'");
    const replayed = await callRoute("inbound.replay", {
      headers,
      params: { inbound_webhook_id: id },
    });
    expect([replayed.status, replayed.body.status]).toEqual([202, "received"]);
    await runJobs(database);
    expect((await getInbound(w.ctx, id)).status).toBe("ignored");
  });

  test("a replay of what was processed changes nothing", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 900);
    await (await sandboxCheckout(w.ctx, customer_id, invoice)).act({});
    await runJobs(database);
    const { body } = await callRoute("inbound.list", { headers });
    for (const { id } of body.items.slice(0, 2))
      await callRoute("inbound.replay", {
        headers,
        params: { inbound_webhook_id: id },
      });
    await runJobs(database);
    expect(await payments()).toHaveLength(1);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
  });

  test("of the same event by several workers at once has one effect", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 900);
    await (await sandboxCheckout(w.ctx, customer_id, invoice)).act({});
    for (const id of await unsentEvents(database)) await post(id);
    const { body } = await callRoute("inbound.list", { headers });
    const ids: string[] = body.items
      .slice(0, 2)
      .map((e: { id: string }) => e.id);
    await Promise.all(
      [...ids, ...ids, ...ids].map((id) => processInbound(w.ctx, id)),
    );
    expect(await payments()).toHaveLength(1);
    expect(await standing(w.ctx, invoice)).toBe("paid, paid, 0 due");
    await runJobs(database);
  });

  test("killed at each of its statements, and done again, has one effect", async () => {
    for (let at = 1; ; at += 1) {
      const { id } = await w.customer();
      const invoice = await openInvoice(w.ctx, id, 900);
      await (await sandboxCheckout(w.ctx, id, invoice)).act({ save: true });
      for (const event of await unsentEvents(database)) await post(event);
      const rows = await callRoute("inbound.list", {
        headers,
        query: { status: "received" },
      });
      const ids = rows.body.items.map((event: { id: string }) => event.id);
      const wasKilled = await killedAt(at, (ctx) =>
        ids.reduce(
          (before: Promise<void>, one: string) =>
            before.then(() => processInbound(ctx, one)),
          Promise.resolve(),
        ),
      );
      await runJobs(database);
      expect([at, await standing(w.ctx, invoice)]).toEqual([
        at,
        "paid, paid, 0 due",
      ]);
      expect(await payments(id)).toHaveLength(1);
      expect((await listMethods(w.ctx, id)).items).toHaveLength(1);
      if (!wasKilled) break;
    }
  }, 600_000);
});

/** Work whose process dies at its n-th look at the clock or log: nothing of it runs after that. */
async function killedAt(
  at: number,
  work: (ctx: Ctx) => Promise<void>,
): Promise<boolean> {
  let left = at;
  let isDead = false;
  const tick = () => {
    left -= 1;
    if (left <= 0) isDead = true;
    if (isDead) throw new Error("killed");
    return new Date();
  };
  await work({ ...w.ctx, now: tick }).catch(() => undefined);
  return isDead;
}
