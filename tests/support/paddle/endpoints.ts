import { Refusal, type Kind, type Store, type Things } from "../paddle-server";

type Body = Record<string, unknown>;
type Call = {
  store: Store;
  body: Body;
  ids: string[];
  query: URLSearchParams;
  url: URL;
  base: string;
};
type Answer = (call: Call) => object | null;

/** What the stand-in answers, by method and path. */
const endpoints: Record<string, Answer> = {
  "GET /customers": (call) =>
    listed(call, "ctm", ({ email }) => email === call.query.get("email")),
  "POST /customers": ({ store, body }) => {
    const email = textOf(body, "email");
    if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw wrong("email is no address");
    const known = store.all("ctm").find((one) => one.email === email);
    if (known)
      throw new Refusal(
        409,
        "customer_already_exists",
        `customer email conflicts with customer of id ${known.id}`,
      );
    const name = textOf(body, "name");
    const custom_data = inner(body, "custom_data");
    return {
      data: store.add("ctm", { email, name, status: "active", custom_data }),
    };
  },
  "POST /customers/:id/portal-sessions": ({ store, ids: [id = ""], base }) => {
    store.get("ctm", id);
    const urls = {
      general: { overview: `${base}/cpl_${id}` },
      subscriptions: [],
    };
    return { data: { id: "cpls_1", customer_id: id, urls } };
  },
  "GET /customers/:id/payment-methods/:id": ({ store, ids }) => ({
    data: methodOf(store, ids),
  }),
  "DELETE /customers/:id/payment-methods/:id": ({ store, ids }) => {
    const method = methodOf(store, ids);
    store.things.delete(method.id);
    store.happen("payment_method.deleted", method);
    return null;
  },
  "POST /transactions": createTransaction,
  "GET /transactions": (call) => {
    const { query } = call;
    const from = query.get("created_at[GTE]") ?? "";
    const to = query.get("created_at[LT]") ?? "9";
    return listed(
      call,
      "txn",
      ({ created_at: at }) => at >= from && at < to,
      (one) => ({ ...one, adjustments_totals: totalsOf(call.store, one.id) }),
    );
  },
  "GET /transactions/:id": ({ store, ids: [id = ""] }) => ({
    data: store.get("txn", id),
  }),
  "POST /adjustments": createAdjustment,
  "GET /adjustments": (call) => {
    const { query } = call;
    const id = query.get("id");
    const of = query.get("transaction_id");
    return listed(
      call,
      "adj",
      (one) =>
        (id === null || one.id === id) &&
        (of === null || one.transaction_id === of),
    );
  },
  "GET /subscriptions/:id": ({ store, ids: [id = ""] }) => ({
    data: store.get("sub", id),
  }),
};

function createTransaction({ store, body, base }: Call): object {
  const customer = store.get("ctm", textOf(body, "customer_id"));
  const [item] = (body["items"] as Body[] | undefined) ?? [];
  const price = item && inner(item, "price");
  if (!price || !inner(price, "product")["tax_category"])
    throw wrong("items.0.price.product.tax_category is required");
  const { amount, currency_code } = inner(price, "unit_price");
  if (typeof amount !== "string" || !/^[1-9]\d{0,11}$/.test(amount))
    throw wrong("items.0.price.unit_price.amount is no sum");
  if (currency_code !== body["currency_code"]) throw wrong("currency_code");
  const at = new Date().toISOString();
  const totals = { total: amount, grand_total: amount };
  const transaction = store.add("txn", {
    status: "ready",
    customer_id: customer.id,
    custom_data: inner(body, "custom_data"),
    currency_code: currency_code as Things["txn"]["currency_code"],
    ...{ subscription_id: null, billed_at: null },
    ...{ created_at: at, updated_at: at, items: [], payments: [] },
    details: {
      tax_rates_used: [],
      totals,
      line_items: [lineItem(amount)],
    },
    checkout: null,
  });
  transaction.checkout = { url: `${base}/pay?_ptxn=${transaction.id}` };
  return { data: transaction };
}

/** A line of a transaction, with what the client reads of it. */
export function lineItem(amount: string) {
  const totals = { subtotal: amount, discount: "0", tax: "0", total: amount };
  return {
    id: "txnitm_1",
    totals,
    ...{ price_id: "pri_1", quantity: 1, tax_rate: "0" },
    unit_totals: totals,
    product: { id: "pro_1", name: "Invoice", tax_category: "standard" },
  };
}

function createAdjustment({ store, body }: Call): object {
  const transaction = store.get("txn", textOf(body, "transaction_id"));
  const { id, customer_id, currency_code } = transaction;
  if (transaction.status !== "completed")
    throw wrong("transaction status must be completed to adjust");
  if (textOf(body, "reason") === "") throw wrong("reason is required");
  const [item] = (body["items"] as Body[] | undefined) ?? [];
  const amount = item ? textOf(item, "amount") : "";
  const [line] = transaction.details.line_items;
  if (item?.["item_id"] !== line?.id) throw wrong("items.0.item_id");
  const grand = BigInt(transaction.details.totals["grand_total"] ?? "0");
  const before = BigInt(totalsOf(store, id).breakdown.refund);
  if (!/^[1-9]\d*$/.test(amount) || BigInt(amount) > grand - before)
    throw new Refusal(
      400,
      "adjustment_amount_above_remaining_allowed",
      "The amount is above what remains of the transaction.",
    );
  const at = new Date().toISOString();
  const adjustment = store.add("adj", {
    ...{ action: "refund", type: "partial", transaction_id: id },
    customer_id: customer_id ?? "",
    reason: textOf(body, "reason"),
    currency_code,
    status: "pending_approval",
    ...{ created_at: at, updated_at: at, items: [] },
    totals: { total: amount, subtotal: amount },
  });
  store.happen("adjustment.created", adjustment);
  return { data: adjustment };
}

function totalsOf(store: Store, transaction: string) {
  const refund = store
    .all("adj")
    .filter(
      (one) =>
        one.transaction_id === transaction &&
        one.action === "refund" &&
        one.status !== "rejected",
    )
    .reduce((sum, { totals }) => sum + BigInt(totals["total"] ?? "0"), 0n);
  const breakdown = { refund: String(refund), credit: "0", chargeback: "0" };
  return { total: String(refund), breakdown };
}

function listed<K extends Kind>(
  { store, query, url }: Call,
  kind: K,
  which: (thing: Things[K]) => boolean,
  shown: (thing: Things[K]) => object = (thing) => thing,
): object {
  const per_page = Number(query.get("per_page") ?? 50);
  if (!(per_page >= 1 && per_page <= 200)) throw wrong("per_page");
  const all = store.all(kind).filter(which);
  const after = query.get("after");
  const from = after ? all.findIndex(({ id }) => id === after) + 1 : 0;
  const page = all.slice(from, from + per_page);
  const next = new URL(url);
  const last = page.at(-1);
  if (last) next.searchParams.set("after", last.id);
  const has_more = all.length > from + per_page;
  const estimated_total = all.length;
  const pagination = { per_page, next: next.href, has_more, estimated_total };
  return { data: page.map(shown), meta: { request_id: "1", pagination } };
}

function methodOf(store: Store, [customer, id = ""]: string[]) {
  const method = store.get("paymtd", id);
  if (method.customer_id !== customer)
    throw new Refusal(404, "not_found", `Entity ${id} not found`);
  return method;
}

const wrong = (detail: string) => new Refusal(400, "bad_request", detail);
const textOf = (of: Body, name: string) => {
  const value = of[name];
  return typeof value === "string" ? value : "";
};
// Safe: an object of JSON, or nothing in its place.
const inner = (of: Body, name: string) => (of[name] ?? {}) as Body;

/** The endpoint of a call, and what its path names. */
export function endpointOf(method: string, path: string) {
  for (const [name, answer] of Object.entries(endpoints)) {
    const [verb, template = ""] = name.split(" ");
    const pattern = new RegExp(`^${template.replaceAll(":id", "([^/]+)")}$`);
    const match = verb === method ? pattern.exec(path) : null;
    if (match) return { answer, ids: match.slice(1) };
  }
  throw new Refusal(404, "not_found", `There is no ${method} ${path}`);
}
