import { createInvoice, issueInvoice } from "@/modules/invoices";
import { overview } from "@/modules/reports";
import { addSeconds } from "@/shared/time";
import { reachedThreshold } from "../support/alerts";
import { useDatabase } from "../support/database";
import { world } from "../support/world";

useDatabase();

const kinds = ({ attention }: Awaited<ReturnType<typeof overview>>) =>
  Object.fromEntries(attention.map(({ kind, count }) => [kind, count]));

test("the overview says which invoices are overdue, and that alerts wait", async () => {
  const { ctx, customer } = await world();
  const { id: customer_id } = await customer();
  expect(kinds(await overview(ctx))).toEqual({});
  const lines = [{ description: "Set-up", quantity: "1", unit_price: "10" }];
  const invoice = await createInvoice(ctx, { customer_id, lines });
  await issueInvoice(ctx, invoice.id);
  await reachedThreshold(customer_id);
  expect(kinds(await overview(ctx))).toEqual({ alerts_unread: 1 });
  const nextYear = addSeconds(new Date(), 365 * 24 * 3_600);
  const later = { ...ctx, now: () => nextYear };
  expect(kinds(await overview(later))).toEqual({
    invoices_overdue: 1,
    alerts_unread: 1,
  });
});
