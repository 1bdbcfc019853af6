import { startCheckout } from "@/modules/payments";
import { externalIdOf } from "@/modules/payments/service/external";
import { getProvider } from "@/modules/payments/service/providers";
import type { Ctx } from "@/platform/context";
import { callRoute } from "../support/app";
import type { TestDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { startStripeServer, type StripeServer } from "../support/stripe-server";
import type { SentEvent } from "../support/stripe/store";

/**
 * Has the test file's app pay by a stand-in for Stripe. Call it once, before anything of the app is
 * used: the settings are read once.
 */
export function useStripe(database: TestDatabase, isLive = false) {
  let server: StripeServer;
  beforeAll(async () => {
    server = await startStripeServer(isLive);
    process.env["STRIPE_SECRET_KEY"] = server.key;
    process.env["STRIPE_WEBHOOK_SECRET"] = server.secret;
    process.env["STRIPE_API_BASE"] = server.url;
  });
  afterAll(() => server.stop());

  async function send(
    event: object,
    by: { at?: number; secret?: string } = {},
  ) {
    const { raw, headers } = server.signed(event, by);
    return callRoute("inbound.stripe", { body: raw, headers });
  }

  return {
    server: () => server,
    people: () => server.people,
    send,
    /** send these events, all that were not sent yet unless said, and do what follows */
    async deliver(events: SentEvent[] = server.take()): Promise<void> {
      for (const event of events) {
        const { status } = await send(event);
        if (status !== 200) throw new Error(`${event.type}: ${status}`);
      }
      await runJobs(database);
    },
    /** who a customer is there */
    customerThere: async (ctx: Ctx, id: string) =>
      externalIdOf(ctx, await getProvider("stripe"), id),
    /** a page of Stripe's, to pay an invoice or to save a card */
    async checkout(ctx: Ctx, customerId: string, invoiceId: string | null) {
      const checkout = await startCheckout(ctx, {
        customerId,
        provider: "stripe",
        purpose: invoiceId ? "invoice" : "setup",
        invoiceId,
      });
      return { checkout, page: server.people.page(checkout.url ?? "") };
    },
  };
}

/** What other modules were told of a customer, under a name; the latest last. */
export async function told(
  database: TestDatabase,
  name: string,
  customerId: string,
): Promise<Record<string, unknown>[]> {
  const rows = await database.query<{ payload: Record<string, unknown> }>(
    "SELECT payload FROM outbox WHERE name = $1 AND payload->>'customer_id' = $2 ORDER BY id",
    [name, customerId],
  );
  return rows.map(({ payload }) => payload);
}

/** How an event was kept; empty when it was not. */
export async function kept(
  database: TestDatabase,
  { id }: { id: string },
): Promise<string> {
  const rows = await database.query<{ status: string }>(
    "SELECT status FROM inbound_webhooks WHERE event_id = $1",
    [id],
  );
  return rows.map(({ status }) => status).join();
}
