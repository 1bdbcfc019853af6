import { getCustomer } from "@/modules/customers";
import {
  createInvoice,
  createTaxRate,
  creditInvoice,
  issueInvoice,
  voidOpenInvoice,
  writeOffInvoice,
} from "@/modules/invoices";
import { creditOf, isBalanced, setBalance } from "@/modules/ledger";
import { payInvoice, receivePayment, refundPayment } from "@/modules/payments";
import type { Fact } from "@/modules/payments/provider";
import { applyFact } from "@/modules/payments/service/facts";
import { transaction } from "@/platform/db/transaction";
import { fromMinor, decimalText } from "@/shared/decimal";
import { DomainError } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import { minorDigits } from "@/shared/money";
import { useDatabase } from "../support/database";
import { mulberry32 } from "../support/random";
import { world, type World } from "../support/world";
import {
  dueOf,
  ledgerOracle,
  type LedgerOracle,
  type OraclePayment,
} from "./ledger-oracle";
import { disputeFact, refundFact, wrongBooks } from "./payments-fixture";

const database = useDatabase();

// `LEDGER_OPERATIONS=100000` takes most of an hour; with the same seed they are the same.
const operations = Number(process.env["LEDGER_OPERATIONS"] ?? 500);
const seed = Number(process.env["LEDGER_SEED"] ?? Date.now() % 1_000_000_007);
const currencies = ["USD", "EUR", "JPY", "KWD"] as const;
/** operations of one customer; three customers go on at once */
const each = 125;

let w: World;
beforeAll(async () => {
  w = await world();
  await createTaxRate(w.ctx, {
    ...{ name: "VAT", country: "DE", rate: "19" },
    ...{ is_inclusive: false, allows_reverse_charge: false },
  });
});

test(`after ${operations} random operations balances equal a plain oracle, and each currency sums to zero (LEDGER_SEED=${seed})`, async () => {
  const customers = Math.ceil(operations / each);
  let next = 0;
  const work = async () => {
    while (next < customers) {
      const at = next++;
      await liveOut(at, Math.min(each, operations - at * each));
    }
  };
  await Promise.all([work(), work(), work()]);
  expect(await wrongBooks(database)).toEqual([]);
  expect(await isBalanced(w.ctx)).toBe(true);
}, 7_200_000);

/** The life of one customer, by a seed of its own, compared on its way. */
async function liveOut(at: number, count: number): Promise<void> {
  const random = mulberry32(seed + at * 7_919);
  const own = currencies[at % currencies.length] ?? "USD";
  const country = at % 3 === 0 ? "DE" : "US";
  const { id } = await w.customer({ currency: own, country });
  const books = new Map(currencies.map((of) => [of, ledgerOracle()]));
  for (let step = 1; step <= count; step += 1) {
    const currency = currencies[Math.floor(random() * 4)] ?? own;
    const oracle = books.get(currency);
    if (!oracle) continue;
    const life = { customer_id: id, currency, oracle, random, own };
    const verb = any(verbs, random()) ?? issue;
    const trail = `LEDGER_SEED=${seed}, customer ${at}, step ${step}: ${verb.name} in ${currency}`;
    await verb(life).catch((error: unknown) => {
      throw new Error(trail, { cause: error });
    });
    if (step % 25 === 0 || step === count) await compare(trail, id, own, books);
  }
}

type Life = {
  customer_id: string;
  currency: string;
  own: string;
  oracle: LedgerOracle;
  random: () => number;
};

const verbs = [
  ...[issue, issue, issue, receive, receive, charge, charge],
  ...[refund, refundThere, refundFails, credit, credit, voidOne, writeOff],
  ...[payFromCredit, balance, lose, win],
];

async function issue({ customer_id, currency, oracle, random }: Life) {
  const digits = minorDigits(currency);
  const cents = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Math.floor(random() * 20_000),
  );
  const lines = cents.map((minor) => ({
    ...{ description: "Work", quantity: "1" },
    unit_price: decimalText(fromMinor(BigInt(minor), digits)),
  }));
  const { id } = await createInvoice(w.ctx, { customer_id, currency, lines });
  const { subtotal, tax, total } = await issueInvoice(w.ctx, id);
  const sum = cents.reduce((a, b) => a + b, 0);
  expect([subtotal.amount, total.amount - tax.amount]).toEqual([sum, sum]);
  oracle.issue(id, total.amount);
}

async function receive({ customer_id, currency, oracle, random }: Life) {
  const amount = 1 + Math.floor(random() * 25_000);
  const pays = oracle.invoices
    .filter(({ status }) => status === "open" || status === "uncollectible")
    .filter(() => random() < 0.3)
    .slice(0, 3);
  const { id } = await receivePayment(w.ctx, {
    ...{ customer_id, method: "cash", amount: { amount, currency } },
    invoice_ids: pays.map((one) => one.id),
  });
  oracle.pay({ id, there: null, amount }, pays);
}

/** Paid at a provider: of an invoice here, of whatever state, or of one of the provider's own. */
async function charge({ customer_id, currency, oracle, random }: Life) {
  const amount = 1 + Math.floor(random() * 25_000);
  const there = `there_${customer_id}_${currency}_${oracle.payments.length}`;
  const invoice = any(oracle.invoices, random());
  const isBilledThere = random() < 0.2;
  await apply({
    ...{ kind: "payment", providerPaymentId: there, paymentId: null },
    invoiceId: isBilledThere ? null : (invoice?.id ?? null),
    ...{ customerId: customer_id, externalId: null, isBilledThere },
    ...{ status: "succeeded", minor: BigInt(amount), currency },
    ...{ method: "card", providerMethodId: null, failure: null },
    paidAt: new Date(),
  });
  const [row] = await database.query<{ id: string }>(
    "SELECT id FROM payments WHERE provider_payment_id = $1",
    [there],
  );
  const id = fromUuid("pay", row?.id ?? "");
  const pays = invoice && !isBilledThere ? [invoice] : [];
  oracle.pay({ id, there, amount }, pays, isBilledThere);
}

async function refund({ currency, oracle, random }: Life) {
  const payment = any(oracle.payments.filter(isManual), random());
  if (!payment) return;
  const amount = 1 + Math.floor(random() * payment.amount * 1.2);
  const passes = oracle.refund("", payment, amount);
  const body = { amount: { amount, currency }, reason: "Asked for" };
  await passing(passes, () => refundPayment(w.ctx, payment.id, body));
  // Given back by hand: it cannot fail.
  if (passes) oracle.refunds.pop();
}

async function refundThere({ currency, oracle, random }: Life) {
  const payment = any(oracle.payments.filter(isThere), random());
  if (!payment) return;
  const amount = 1 + Math.floor(random() * payment.amount * 1.2);
  const id = `${payment.there}_${random()}`;
  const passes = oracle.refund(id, payment, amount);
  await passing(passes, () =>
    apply(refundFact({ ...of(payment, amount, currency), id })),
  );
}

async function refundFails({ currency, oracle, random }: Life) {
  const found = any(oracle.refunds, random());
  if (!found) return;
  const { id, payment, amount } = found;
  const about = { ...of(payment, amount, currency), id };
  await apply(refundFact({ ...about, status: "failed" }));
  oracle.refundFails(found);
}

async function credit({ currency, oracle, random }: Life) {
  const invoice = any(oracle.invoices, random());
  if (!invoice) return;
  const amount = 1 + Math.floor(random() * invoice.total);
  const rest = random() < 0.5 ? "credit" : "refund";
  const passes = oracle.creditNote(invoice, amount, rest);
  const body = { amount: { amount, currency }, rest, reason: "Late" } as const;
  await passing(passes, () => creditInvoice(w.ctx, invoice.id, body));
}

async function voidOne({ oracle, random }: Life) {
  const invoice = any(oracle.invoices, random());
  if (invoice)
    await passing(oracle.void(invoice), () =>
      voidOpenInvoice(w.ctx, invoice.id),
    );
}

async function writeOff({ oracle, random }: Life) {
  const invoice = any(oracle.invoices, random());
  if (invoice)
    await passing(oracle.writeOff(invoice), () =>
      writeOffInvoice(w.ctx, invoice.id),
    );
}

async function payFromCredit({ oracle, random }: Life) {
  const invoice = any(oracle.invoices, random());
  if (invoice)
    await passing(oracle.payFromCredit(invoice), () =>
      payInvoice(w.ctx, invoice.id, { by: "credit" }),
    );
}

async function balance({ customer_id, currency, own, oracle, random }: Life) {
  if (currency !== own) return;
  const amount = Math.floor((random() - 0.4) * 40_000);
  const to = { balance: { amount, currency }, reason: "Set" };
  await setBalance(w.ctx, customer_id, to);
  oracle.setBalance(amount);
}

async function lose({ currency, oracle, random }: Life) {
  const payment = any(oracle.payments.filter(isThere), random());
  if (!payment) return;
  const amount = 1 + Math.floor(random() * payment.amount * 1.2);
  const id = `${payment.there}_${random()}`;
  const about = { ...of(payment, amount, currency), id };
  await apply(disputeFact({ ...about, status: "lost" }));
  oracle.lose(id, payment, amount);
}

async function win({ currency, oracle, random }: Life) {
  const found = any(oracle.disputes, random());
  if (!found) return;
  const { id, payment, amount } = found;
  const about = { ...of(payment, amount, currency), id };
  await apply(disputeFact({ ...about, status: "won" }));
  oracle.win(found);
}

/** What the app holds of a customer against what the oracles say. */
async function compare(
  trail: string,
  customerId: string,
  own: string,
  books: Map<string, LedgerOracle>,
): Promise<void> {
  const { balance, total_revenue } = await getCustomer(w.ctx, customerId);
  const mine = books.get(own);
  expect([trail, balance.amount, total_revenue.amount]).toEqual([
    trail,
    mine?.balance(),
    mine?.received(),
  ]);
  const invoices = await database.query<{ id: string; says: string }>(
    "SELECT id, status || ' ' || due_minor AS says FROM invoices WHERE customer_id = $1 ORDER BY id",
    [toUuid(customerId)],
  );
  const all = [...books.values()];
  expect([trail, invoices.map(({ says }) => says)]).toEqual([
    trail,
    all
      .flatMap((oracle) => oracle.invoices)
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map((one) => `${one.status} ${dueOf(one)}`),
  ]);
  for (const [currency, oracle] of books) {
    const held = await creditOf(w.ctx, customerId, currency);
    expect([trail, currency, held]).toEqual([
      trail,
      currency,
      BigInt(oracle.credit()),
    ]);
  }
}

/** What must pass passes, and what must be refused is refused with words. */
async function passing(passes: boolean, act: () => Promise<unknown>) {
  const error = await act().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const isRefused = error instanceof DomainError && error.code === "CONFLICT";
  if (passes ? error !== null : !isRefused)
    throw new Error(`It must ${passes ? "pass" : "be refused"}.`, {
      cause: error,
    });
}

const apply = (fact: Fact) =>
  transaction(w.ctx, (tx) => applyFact(tx, "sandbox", fact));
const of = ({ there }: OraclePayment, amount: number, currency: string) => ({
  ...{ there: there ?? "", minor: BigInt(amount), currency },
});
const isManual = ({ there }: OraclePayment) => there === null;
const isThere = ({ there }: OraclePayment) => there !== null;
const any = <T>(of: T[], at: number): T | undefined =>
  of[Math.floor(at * of.length)];
