import { listCustomerPayments, listMethods } from "@/modules/payments";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { openInvoice, usd, wrongBooks } from "./payments-fixture";
import { kept, useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

let w: World;
let customer_id: string;
let there: string;
beforeAll(async () => {
  w = await world();
});
beforeEach(async () => {
  customer_id = (await w.customer()).id;
  there = await stripe.customerThere(w.ctx, customer_id);
  stripe.server().take();
});
afterEach(async () => {
  expect(await wrongBooks(database)).toEqual([]);
});

describe("an event of Stripe", () => {
  test("that is signed wrongly, long ago, or not at all is refused, and not kept", async () => {
    stripe.people().card(there);
    const [event] = stripe.server().take();
    if (!event) throw new Error("Nothing happened.");
    const now = stripe.server().store.now();
    const { raw } = stripe.server().signed(event);
    const answers = [
      await stripe.send(event, { secret: "whsec_another" }),
      await stripe.send(event, { at: now - 301 }),
      await callRoute("inbound.stripe", { body: raw }),
      await callRoute("inbound.stripe", {
        body: raw.replace("payment_method.attached", "payment_method.detached"),
        headers: stripe.server().signed(event).headers,
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await kept(database, event)).toBe("");
    expect((await stripe.send(event, { at: now - 290 })).status).toBe(200);
  });

  test("of the other mode, or of an unknown type, is kept as ignored", async () => {
    stripe.people().card(there);
    const [event] = stripe.server().take();
    if (!event) throw new Error("Nothing happened.");
    const live = { ...event, id: "evt_live", livemode: true };
    const unknown = { ...event, id: "evt_unknown", type: "weather.changed" };
    await stripe.deliver([live, unknown]);
    expect([await kept(database, live), await kept(database, unknown)]).toEqual(
      ["ignored", "ignored"],
    );
    expect((await listMethods(w.ctx, customer_id)).items).toEqual([]);
  });

  test("with a body over the limit is refused before anybody looks at it", async () => {
    const body = JSON.stringify({ id: "evt_big", pad: "x".repeat(1_100_000) });
    const { headers } = stripe.server().signed({});
    const answer = await callRoute("inbound.stripe", { body, headers });
    expect(answer.status).toBe(413);
  });

  test("whose payload lies has no effect: the object is read anew", async () => {
    const invoice = await openInvoice(w.ctx, customer_id, 1_000);
    const { page } = await stripe.checkout(w.ctx, customer_id, invoice);
    page.decline();
    const held = stripe.server().store.get("payment_intent", page.intent);
    const lie = stripe.server().store.happen("payment_intent.succeeded", {
      ...held,
      status: "succeeded",
      amount_received: 1,
    });
    await stripe.deliver([lie]);
    const { items } = await listCustomerPayments(w.ctx, customer_id, {});
    expect(items).toMatchObject([{ status: "failed", amount: usd(1_000) }]);
  });

  test("about what Stripe does not have is kept as ignored", async () => {
    const gone = { ...stripe.people().card(there), id: "pm_gone" };
    const event = stripe.server().store.happen("payment_method.updated", gone);
    await stripe.deliver([event]);
    expect(await kept(database, event)).toBe("ignored");
  });
});
