import { fieldsOf, metadataOf, textOf, type Field, type Fields } from "./form";
import { attempt, giveBack, openIntent } from "./money";
import { allow, amountOf, missing, Refusal, wrong } from "./refusals";
import { refOf, type Kind } from "./shapes";
import type { Store } from "./store";

type Call = { store: Store; given: Fields; id: string; base: string };
type Answer = (call: Call) => object;

/** What the stand-in answers, by method and path; `:id` is what the path names. */
export const endpoints: Record<string, Answer> = {
  "POST /v1/customers": createCustomer,
  "GET /v1/customers/:id": ({ store, id }) => {
    const customer = store.get("customer", id);
    return customer.deleted
      ? { id, object: "customer", deleted: true }
      : store.shown(customer);
  },
  "POST /v1/checkout/sessions": createSession,
  "GET /v1/checkout/sessions/:id": reading("checkout.session"),
  "POST /v1/payment_intents": createIntent,
  "GET /v1/payment_intents/:id": reading("payment_intent"),
  "GET /v1/payment_intents": ({ store, given }) => {
    allow(given, ["created", "limit", "starting_after", "expand"]);
    const { gte, lt } = fieldsOf(given["created"]);
    const within = store.all(
      "payment_intent",
      ({ created }) =>
        created >= Number(textOf(gte) ?? 0) &&
        created < Number(textOf(lt) ?? Infinity),
    );
    return store.list(within, given, expandOf(given));
  },
  "GET /v1/charges/:id": reading("charge"),
  "POST /v1/refunds": createRefund,
  "GET /v1/refunds/:id": reading("refund"),
  "GET /v1/refunds": ({ store, given }) => {
    allow(given, ["charge", "payment_intent", "limit", "starting_after"]);
    const charge = textOf(given["charge"]);
    const of = store.all("refund", (refund) => refund.charge === charge);
    return store.list(of, given);
  },
  "GET /v1/payment_methods/:id": reading("payment_method"),
  "POST /v1/payment_methods/:id/detach": ({ store, given, id }) => {
    allow(given, []);
    const method = store.get("payment_method", id);
    if (method.customer === null)
      throw wrong(
        "The payment method you provided is not attached to a customer so detachment is impossible.",
      );
    const { customer } = method;
    method.customer = null;
    store.happen("payment_method.detached", method, { customer });
    return store.shown(method);
  },
  "GET /v1/setup_intents/:id": reading("setup_intent"),
  "GET /v1/subscriptions/:id": reading("subscription"),
  "GET /v1/invoices/:id": reading("invoice"),
  "GET /v1/invoice_payments": ({ store, given }) => {
    allow(given, ["payment", "limit", "starting_after"]);
    const wanted = textOf(fieldsOf(given["payment"])["payment_intent"]);
    return store.list(
      store.all(
        "invoice_payment",
        ({ payment }) => payment.payment_intent === wanted,
      ),
      given,
    );
  },
  "GET /v1/disputes/:id": reading("dispute"),
  "POST /v1/billing_portal/sessions": ({ store, given, base }) => {
    allow(given, ["customer", "return_url"]);
    const customer = store.named("customer", given, "customer");
    return {
      id: "bps_1",
      object: "billing_portal.session",
      customer: customer.id,
      livemode: store.livemode,
      return_url: textOf(given["return_url"]),
      url: `${base}/p/session/${customer.id}`,
    };
  },
};

function reading(kind: Kind): Answer {
  return ({ store, given, id }) => {
    allow(given, ["expand"]);
    return store.shown(store.get<Kind>(kind, id), expandOf(given));
  };
}

function expandOf({ expand = [] }: Fields): string[] {
  return Array.isArray(expand) ? expand.map((one) => textOf(one) ?? "") : [];
}

function createCustomer({ store, given }: Call): object {
  allow(given, ["name", "email", "metadata"]);
  const customer = store.add("customer", {
    name: textOf(given["name"]),
    email: textOf(given["email"]),
    metadata: metadataOf(given["metadata"]),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
  });
  store.happen("customer.created", customer);
  return store.shown(customer);
}

const sessionFields = [
  ...["mode", "metadata", "payment_intent_data", "setup_intent_data"],
  ...["saved_payment_method_options", "line_items", "customer", "currency"],
  ...["client_reference_id", "success_url", "cancel_url"],
  "allowed_payment_method_types",
];

function createSession({ store, given, base }: Call): object {
  allow(given, sessionFields);
  const mode = textOf(given["mode"]);
  const customer = store.named("customer", given, "customer").id;
  for (const name of ["success_url", "cancel_url"])
    if (!URL.canParse(textOf(given[name]) ?? ""))
      throw wrong("Not a valid URL", "url_invalid", name);
  if (mode !== "payment" && mode !== "setup")
    throw wrong(`Invalid mode: ${mode}`, undefined, "mode");
  const part =
    mode === "payment"
      ? { ...bought(given["line_items"]), ...openFor(store, given, customer) }
      : toSave(store, given, customer);
  const session = store.add("checkout.session", {
    mode,
    customer,
    metadata: metadataOf(given["metadata"]),
    client_reference_id: textOf(given["client_reference_id"]),
    success_url: textOf(given["success_url"]),
    cancel_url: textOf(given["cancel_url"]),
    status: "open",
    payment_status: mode === "payment" ? "unpaid" : "no_payment_required",
    url: null,
    expires_at: store.now() + 24 * 60 * 60,
    ...part,
  });
  session.url = `${base}/c/pay/${session.id}`;
  return store.shown(session);
}

function bought(lines: Field | undefined) {
  const [line] = Array.isArray(lines) ? lines : [];
  const { price_data, quantity } = fieldsOf(line);
  const { unit_amount, currency, product_data } = fieldsOf(price_data);
  if (!textOf(fieldsOf(product_data)["name"]))
    throw wrong("Missing required param: line_items[0][price_data].");
  const one = amountOf(unit_amount, currency);
  const amount_total = one.amount * Number(textOf(quantity) ?? 0);
  return { amount_total, currency: one.currency };
}

function openFor(store: Store, given: Fields, customer: string) {
  const data = fieldsOf(given["payment_intent_data"]);
  allow(data, ["metadata", "description"]);
  const { amount_total, currency } = bought(given["line_items"]);
  const intent = openIntent(store, {
    amount: amount_total,
    currency,
    customer,
    metadata: metadataOf(data["metadata"]),
    description: textOf(data["description"]),
  });
  return { payment_intent: intent.id, setup_intent: null };
}

function toSave(store: Store, given: Fields, customer: string) {
  if (!given["allowed_payment_method_types"] && !given["currency"])
    throw wrong(
      "In setup mode, currency is required unless allowed_payment_method_types is set.",
      "parameter_missing",
    );
  const data = fieldsOf(given["setup_intent_data"]);
  const setup = store.add("setup_intent", {
    customer,
    metadata: metadataOf(data["metadata"]),
    payment_method: null,
    status: "requires_payment_method",
  });
  const none = { amount_total: null, currency: null, payment_intent: null };
  return { ...none, setup_intent: setup.id };
}

const intentFields = [
  ...["amount", "currency", "customer", "payment_method", "confirm"],
  ...["off_session", "automatic_payment_methods", "description", "metadata"],
  "expand",
];

function createIntent({ store, given }: Call): object {
  allow(given, intentFields);
  const { amount, currency } = amountOf(given["amount"], given["currency"]);
  const customer = store.named("customer", given, "customer");
  const method = store.named("payment_method", given, "payment_method");
  if (method.customer !== customer.id)
    throw wrong(
      `The customer does not have a payment method with the ID ${method.id}.`,
      "payment_method_unexpected_state",
    );
  const automatic = fieldsOf(given["automatic_payment_methods"]);
  const isHere = textOf(automatic["allow_redirects"]) === "never";
  if (textOf(given["confirm"]) === "true" && !isHere)
    throw wrong("This PaymentIntent must provide a return_url.");
  const intent = openIntent(store, {
    ...{ amount, currency, customer: customer.id },
    metadata: metadataOf(given["metadata"]),
    description: textOf(given["description"]),
    payment_method: method.id,
  });
  store.happen("payment_intent.created", intent);
  attempt(store, intent, store.behaviors.get(method.id) ?? "pays");
  if (intent.last_payment_error)
    throw new Refusal(402, {
      ...intent.last_payment_error,
      payment_intent: store.shown(intent),
    });
  return store.shown(intent, expandOf(given));
}

function createRefund({ store, given }: Call): object {
  allow(given, ["payment_intent", "amount", "metadata", "reason"]);
  const intent = store.named("payment_intent", given, "payment_intent");
  const charge = store.find("charge", refOf(intent.latest_charge));
  if (!charge)
    throw wrong(`This PaymentIntent (${intent.id}) has no successful charge.`);
  const { amount } = amountOf(given["amount"], intent.currency);
  if (charge.refunded)
    throw wrong(
      `Charge ${charge.id} has already been refunded.`,
      "charge_already_refunded",
    );
  const left = charge.amount - charge.amount_refunded;
  if (amount > left)
    throw wrong(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
    );
  const metadata = metadataOf(given["metadata"]);
  const status = store.behaviors.has(charge.id) ? "pending" : "succeeded";
  return store.shown(giveBack(store, charge, amount, { metadata, status }));
}

/** The endpoint of a call, and what its path names. */
export function endpointOf(method: string, path: string) {
  for (const [name, answer] of Object.entries(endpoints)) {
    const [verb, template = ""] = name.split(" ");
    const pattern = new RegExp(`^${template.replace(":id", "([^/]+)")}$`);
    const match = verb === method ? pattern.exec(path) : null;
    if (match) return { answer, id: match[1] ?? "" };
  }
  throw missing("endpoint", path);
}
