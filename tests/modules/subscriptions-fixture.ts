import type { Invoice } from "@/modules/invoices/contract";
import { getInvoice, listInvoices } from "@/modules/invoices";
import { receivePayment } from "@/modules/payments";
import type { Subscription } from "@/modules/subscriptions/contract";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import type { useDatabase } from "../support/database";
import { plan } from "../support/things";
import { world, type World } from "../support/world";

export const day = 24 * 60 * 60 * 1000;

/** A price of so many minor units. */
export const price = (
  amount: number,
  interval: "month" | "year" = "month",
  currency = "USD",
) => ({ interval, price: { amount, currency } });

type Body = Record<string, unknown>;

/** Opens and moves subscriptions through the API, as a token that holds every permission. */
export function subscriptionsFixture(database: ReturnType<typeof useDatabase>) {
  let w: World;
  let headers: Record<string, string>;
  beforeAll(async () => {
    w = await world();
    headers = { authorization: `Bearer ${w.everything}` };
  });

  /** A customer whose clock says this; time passes for it only when it is told to. */
  async function testCustomer(at: string, more: Body = {}): Promise<string> {
    const { id } = await w.customer({ is_test: true, ...more });
    await database.query("UPDATE customers SET clock_at = $2 WHERE id = $1", [
      toUuid(id),
      at,
    ]);
    return id;
  }

  /** A plan, sold at these prices. */
  const sold = async (
    prices: ReturnType<typeof price>[],
    more: Partial<Parameters<typeof plan>[1]> = {},
  ) => (await plan(w.ctx, { prices, ...more })).version;

  const send = (call: string, params: Record<string, string>, body?: Body) =>
    callRoute(call, { headers, params, ...(body && { body }) });

  const sendWith = (
    more: Record<string, string>,
    call: string,
    params: Record<string, string>,
    body: Body,
  ) => callRoute(call, { headers: { ...headers, ...more }, params, body });

  async function open(body: Body): Promise<Subscription> {
    const answer = await callRoute("subscriptions.open", { headers, body });
    expect([answer.status, answer.body.error]).toEqual([201, undefined]);
    return answer.body;
  }

  /** Use a verb of a subscription; it must pass. */
  async function verb(
    name: string,
    { id }: { id: string },
    body?: Body,
  ): Promise<Subscription> {
    const answer = await send(
      `subscriptions.${name}`,
      { subscription_id: id },
      body,
    );
    expect([name, answer.status, answer.body.error]).toEqual([
      name,
      200,
      undefined,
    ]);
    return answer.body;
  }

  /** Use a verb that must be refused; gives the words. */
  async function refused(
    name: string,
    { id }: { id: string },
    body?: Body,
  ): Promise<string> {
    const answer = await send(
      `subscriptions.${name}`,
      { subscription_id: id },
      body,
    );
    expect([name, answer.status]).toEqual([name, 409]);
    return answer.body.error;
  }

  const read = async ({ id }: { id: string }): Promise<Subscription> =>
    (await send("subscriptions.get", { subscription_id: id })).body;

  /** Has the clock show a time; on a slow machine that takes more than one call, as it says. */
  async function advance(customer_id: string, to: string) {
    for (;;) {
      const { status, body } = await send(
        "subscriptions.advanceClock",
        { customer_id },
        { to },
      );
      expect([status, body.error]).toEqual([200, undefined]);
      if (body.is_done) return body;
    }
  }

  /** The invoices of a customer, the first one first. */
  async function invoicesOf(customer_id: string): Promise<Invoice[]> {
    const { items } = await listInvoices(w.ctx, { customer_id, per_page: 100 });
    const full = await Promise.all(
      items.map(({ id }) => getInvoice(w.ctx, id)),
    );
    return full.reverse();
  }

  /** What they come to, by status: "paid 1000". */
  const bills = async (customer_id: string) =>
    (await invoicesOf(customer_id)).map(
      ({ status, total }) => `${status} ${total.amount}`,
    );

  /** Pay all that is open, by transfer. */
  async function payAll(ctx: Ctx, customer_id: string): Promise<void> {
    const open = (await invoicesOf(customer_id)).filter(
      ({ status }) => status === "open",
    );
    for (const { id, due } of open)
      await receivePayment(ctx, {
        customer_id,
        amount: due,
        method: "bank_transfer",
        invoice_ids: [id],
      });
  }

  return {
    world: () => w,
    headers: () => headers,
    advance,
    bills,
    invoicesOf,
    open,
    payAll,
    read,
    refused,
    send,
    sendWith,
    sold,
    testCustomer,
    verb,
  };
}
