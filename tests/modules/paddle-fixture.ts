import { startCheckout } from "@/modules/payments";
import type { Ctx } from "@/platform/context";
import { callRoute } from "../support/app";
import type { TestDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import {
  startPaddleServer,
  type PaddleEvent,
  type PaddleServer,
} from "../support/paddle-server";
import { openInvoice } from "./payments-fixture";

/** Has the test file's app pay by a stand-in for Paddle; call it once, before anything is used. */
export function usePaddle(database: TestDatabase) {
  let server: PaddleServer;
  beforeAll(async () => {
    server = await startPaddleServer();
    process.env["PADDLE_API_KEY"] = server.key;
    process.env["PADDLE_WEBHOOK_SECRET"] = server.secret;
    process.env["PADDLE_API_BASE"] = server.url;
  });
  afterEach(() => {
    server.isDown = false;
  });
  afterAll(() => server.stop());

  async function send(
    event: object,
    by: Parameters<PaddleServer["signed"]>[1],
  ) {
    const { raw, headers } = server.signed(event, by);
    return callRoute("inbound.paddle", { body: raw, headers });
  }

  return {
    server: () => server,
    send,
    /** send these events, all that were not sent yet unless said, and do what follows */
    async deliver(events: PaddleEvent[] = server.take()): Promise<void> {
      for (const event of events) {
        const { status } = await send(event, {});
        if (status !== 200) throw new Error(`${event.event_type}: ${status}`);
      }
      await runJobs(database);
    },
    /** an open invoice of so many cents, and Paddle's page to pay it */
    async bought(ctx: Ctx, customerId: string, cents = 1_000) {
      const invoiceId = await openInvoice(ctx, customerId, cents);
      const checkout = await startCheckout(ctx, {
        ...{ customerId, provider: "paddle", purpose: "invoice", invoiceId },
      });
      const page = server.people.page(checkout.url ?? "");
      return { invoice: invoiceId, checkout, page };
    },
  };
}
