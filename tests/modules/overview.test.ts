import { listCustomers } from "@/modules/customers";
import { CustomerQuery } from "@/modules/customers/contract";
import { toCustomerQuery } from "@/modules/customers/ui/list-query";
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

test("the overview counts who has expired and who will, and leads to just them", async () => {
  const { ctx, customer } = await world();
  const inDays = (days: number) =>
    addSeconds(new Date(), days * 24 * 3_600).toISOString();
  const gone = await customer({ expires_at: inDays(-1) });
  const soon = await customer({ expires_at: inDays(3) });
  await customer({ expires_at: inDays(-1), status: "archived" });
  await customer({ expires_at: inDays(30) });
  const { attention, recent_customers } = await overview(ctx);
  const behind = async (kind: string) => {
    const item = attention.find((one) => one.kind === kind);
    const { searchParams } = new URL(item?.href ?? "", "http://app.example");
    const query = toCustomerQuery(Object.fromEntries(searchParams));
    const { items } = await listCustomers(ctx, query);
    expect(item).toMatchObject({ count: items.length });
    return items.map(({ id }) => id);
  };
  expect(await behind("customers_expired")).toEqual([gone.id]);
  expect(await behind("customers_expiring")).toEqual([soon.id]);

  const newest = await listCustomers(ctx, CustomerQuery.parse({ per_page: 5 }));
  expect(recent_customers).toEqual(
    newest.items.map(({ id, name, status, expires_at, joined_at }) => ({
      ...{ id, name, status, expires_at, joined_at },
    })),
  );
  expect(recent_customers).toHaveLength(5);
});
