import { updateSettings } from "@/modules/settings";
import { useDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { invoicesFixture, line } from "./invoices-fixture";

const database = useDatabase();
const { call, issued, world } = invoicesFixture(database);

test("an invoice is mailed with its PDF, and says when it went", async () => {
  const invoice = await issued();
  const asked = await call("invoices.send", invoice.id, {
    to: "bill@example.com",
  });
  expect([asked.status, asked.body.sent_at]).toEqual([202, null]);
  await runJobs(database);
  const { body } = await call("invoices.get", invoice.id);
  expect(body.sent_at).not.toBeNull();
  const mails = await database.query<{ recipient: string; text: string }>(
    "SELECT recipient, text FROM mails WHERE template = 'invoice_issued'",
  );
  expect(mails).toEqual([
    {
      recipient: "bill@example.com",
      text: expect.stringContaining(invoice.number ?? ""),
    },
  ]);
}, 60_000);

test("an invoice of many scripts comes as a PDF that embeds its fonts", async () => {
  const { id } = await world().customer({
    full_name: "شركة النور",
    company_name: "株式会社サンプル 华为 삼성 <b>&amp;</b>",
  });
  const currency = "USD";
  const lines = [
    line("1250.00"),
    { ...line("5"), description: "₦ ₹ (a) \\ <script>" },
  ];
  const invoice = await issued({ customer_id: id, currency, lines });
  const {
    status,
    headers: answered,
    body,
  } = await call("invoices.pdf", invoice.id);
  expect(status).toBe(200);
  expect(answered.get("content-type")).toBe("application/pdf");
  expect(body).toMatch(/^%PDF-/);
  // Latin, its extension, Arabic, Korean, Japanese and Chinese at least.
  expect(body.match(/\/FontFile/g)?.length).toBeGreaterThanOrEqual(6);
}, 60_000);

test("a long invoice goes over several pages, with the seller's logo on it", async () => {
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const logo = `data:image/png;base64,${png}`;
  await updateSettings(world().ctx, { portal: { accent: null, logo } });
  const lines = Array.from({ length: 75 }, () => line("1.00"));
  const { id } = await issued({ lines });
  const { status, body } = await call("invoices.pdf", id);
  expect(status).toBe(200);
  expect(body.match(/\/Type \/Page\b/g)).toHaveLength(3);
  expect(body).toContain("/Subtype /Image");
}, 60_000);
