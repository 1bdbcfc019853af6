import type { Customer } from "@/modules/customers/contract";
import { applyPayment } from "@/modules/invoices";
import type { Invoice } from "@/modules/invoices/contract";
import { transaction } from "@/platform/db/transaction";
import { newId, toUuid } from "@/shared/ids";
import { callRoute } from "../support/app";
import type { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

export const usd = (amount: number) => ({ amount, currency: "USD" });
export const line = (unit_price: string, quantity = "1") => ({
  description: "Consulting",
  quantity,
  unit_price,
});

/** Makes, issues and pays invoices through the API, as a token that holds every permission. */
export function invoicesFixture(database: ReturnType<typeof useDatabase>) {
  let w: World;
  let headers: Record<string, string>;
  beforeAll(async () => {
    w = await world();
    headers = { authorization: `Bearer ${w.everything}` };
  });
  async function call(id: string, invoice_id: string, body?: unknown) {
    return callRoute(id, { headers, params: { invoice_id }, body });
  }

  async function drafted(body: Record<string, unknown> = {}): Promise<Invoice> {
    const customer_id = body["customer_id"] ?? (await w.customer()).id;
    const answer = await callRoute("invoices.create", {
      headers,
      body: { lines: [line("100.00")], ...body, customer_id },
    });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body;
  }

  async function issued(body: Record<string, unknown> = {}): Promise<Invoice> {
    const { id } = await drafted(body);
    const answer = await call("invoices.finalize", id);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer.body;
  }

  async function customerNow(id: string): Promise<Customer> {
    const params = { customer_id: id };
    return (await callRoute("customers.get", { headers, params })).body;
  }

  /** The sums of each account of a customer. */
  async function accounts(customerId: string) {
    const rows = await database.query<{ account: string; sum: number }>(
      `SELECT account, sum(amount_minor)::int AS sum FROM ledger_entries
     WHERE customer_id = '${toUuid(customerId)}' GROUP BY account HAVING sum(amount_minor) <> 0`,
    );
    return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
  }

  const pay = (id: string, minor: bigint) =>
    transaction(w.ctx, (tx) => applyPayment(tx, id, newId("pay"), minor));

  return {
    world: () => w,
    headers: () => headers,
    accounts,
    call,
    customerNow,
    drafted,
    issued,
    pay,
  };
}
