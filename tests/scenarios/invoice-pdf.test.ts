import { createInvoice, issueInvoice } from "@/modules/invoices";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import { world } from "../support/world";

useDatabase();
jest.setTimeout(300_000);

let server: AppServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test("while a long invoice is drawn, others are answered", async () => {
  const { ctx, everything, customer } = await world();
  const { id: customer_id } = await customer();
  const lines = Array.from({ length: 800 }, (_, i) => ({
    ...{ description: `Item ${i + 1}`, quantity: "1", unit_price: "1" },
  }));
  const { id } = await createInvoice(ctx, { customer_id, lines });
  await issueInvoice(ctx, id);
  const get = (path: string) =>
    fetch(`${server.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${everything}` },
    });
  await get("/health/live");
  let isDrawn = false;
  const begunAt = performance.now();
  const drawn = get(`/invoices/${id}/pdf`).then(async (answer) => {
    const bytes = Buffer.from(await answer.arrayBuffer());
    isDrawn = true;
    return bytes.toString("latin1");
  });
  const waits: number[] = [];
  while (!isDrawn) {
    const askedAt = performance.now();
    await get("/health/live");
    waits.push(performance.now() - askedAt);
  }
  const took = performance.now() - begunAt;
  expect(await drawn).toMatch(/^%PDF-/);
  expect(Math.max(...waits)).toBeLessThan(took / 2);
  expect(waits.length).toBeGreaterThan(10);
});
