import {
  listCustomerPayments,
  listMethods,
  receiveWebhook,
} from "@/modules/payments";
import { processInbound } from "@/modules/payments/service/process";
import { sandboxEvent } from "@/modules/payments/service/sandbox-page";
import { fromUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { ordersOf, timeForOrders } from "../support/orders";
import { world, type World } from "../support/world";
import {
  openInvoice,
  sandboxCheckout,
  standing,
  unsentEvents,
  usd,
  wrongBooks,
} from "./payments-fixture";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

test(
  "in whatever order a checkout's six events come, each twice, one payment is made",
  async () => {
    for (const order of ordersOf(6)) {
      const { id } = await w.customer();
      const invoice = await openInvoice(w.ctx, id, 2_500);
      const kept = await sixEvents(id, invoice);
      expect(kept).toHaveLength(6);
      for (const at of order) {
        await processInbound(w.ctx, kept[at] ?? "");
        await database.query(
          "UPDATE inbound_webhooks SET status = 'received' WHERE type = 'payment.succeeded'",
        );
        await processInbound(w.ctx, kept[at] ?? "");
      }
      const { items } = await listCustomerPayments(w.ctx, id, {});
      const methods = await listMethods(w.ctx, id);
      expect([order, await standing(w.ctx, invoice)]).toEqual([
        order,
        "paid, paid, 0 due",
      ]);
      expect(items).toMatchObject([
        { status: "succeeded", amount: usd(2_500) },
      ]);
      expect(methods.items).toMatchObject([{ is_default: true }]);
    }
    expect(await wrongBooks(database)).toEqual([]);
  },
  timeForOrders,
);

/** Declined, asked by the bank, and paid with a card that is kept: as they were stored. */
async function sixEvents(
  customerId: string,
  invoice: string,
): Promise<string[]> {
  const { act } = await sandboxCheckout(w.ctx, customerId, invoice);
  await act({ outcome: "decline" });
  await act({ outcome: "authenticate" });
  await act({ outcome: "authenticate" });
  await act({ outcome: "pay", save: true });
  const events = await unsentEvents(database);
  for (const id of events) {
    const event = await sandboxEvent(w.ctx, id);
    if (event) await receiveWebhook(w.ctx, "sandbox", event.raw, event.headers);
  }
  const rows = await database.query<{ id: string }>(
    "SELECT id FROM inbound_webhooks WHERE event_id = ANY($1) ORDER BY id",
    [events],
  );
  return rows.map(({ id }) => fromUuid("iwh", id));
}
