import { callRoute } from "../support/app";
import type { TestDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import { address } from "../support/random";
import { plan } from "../support/things";
import type { World } from "../support/world";

type Provider = "stripe" | "paddle";

export type ProvidersPart = {
  provider: Provider;
  /** pays on the page at this address */
  pay: (url: string) => void;
  /** sends the provider's word of it, and does what follows */
  deliver: () => Promise<void>;
};

const password = "a long sentence is best";

/**
 * Somebody registers, verifies the address, chooses a plan, pays on the provider's page and calls,
 * all by the API and with nobody of the team; what they saw on the way.
 */
export async function selfServe(
  w: World,
  database: TestDatabase,
  { provider, pay, deliver }: ProvidersPart,
) {
  const email = address();
  await plan(w.ctx, {
    prices: [{ interval: "month", price: { amount: 2_900, currency: "USD" } }],
    limits: { per_minute: 7 },
  });
  await did("registration.register", {
    body: { email, password, full_name: "Ada Byron" },
  });
  await runJobs(database);
  const [mail] = await database.query<{ text: string }>(
    "SELECT text FROM mails WHERE recipient = $1 AND template = 'verify'",
    [email],
  );
  const token = /token=(\w+)/.exec(mail?.text ?? "")?.[1];
  await did("registration.verifyEmail", { body: { token } });
  const { access_token } = await did("accounts.login", {
    body: { email, password },
  });
  const headers = { authorization: `Bearer ${access_token}` };

  const offers = await did("plans.listOwn", { headers });
  const plan_version_id = offers.items[0].version_id;
  const made = await did("ownSubscriptions.subscribe", {
    headers,
    body: { plan_version_id },
  });
  const bills = await did("invoices.listOwn", {
    headers,
    query: { status: "open" },
  });
  const checkout = await did(`checkout.${provider}`, {
    headers,
    body: { purpose: "invoice", invoice_id: bills.items[0].id },
  });
  const progress = async () =>
    (
      await did("checkout.progress", {
        params: { checkout_id: checkout.id },
      })
    ).state;
  const standing = async () => {
    const { items } = await did("ownSubscriptions.list", { headers });
    const [{ status, has_access }] = items;
    return { status, has_access, progress: await progress() };
  };
  const { key } = await did("keys.issue", { headers, body: { name: "First" } });
  // Of the plan, once it is theirs; until then the defaults hold.
  const perMinute = async () => {
    const { code, limits } = await did("access.check", {
      headers: { authorization: `Bearer ${w.everything}` },
      body: { key },
    });
    return `${code}, ${limits.per_minute} a minute`;
  };

  const begun = { provider: made.provider, ...(await standing()) };
  pay(checkout.url);
  const paid = { ...(await standing()), check: await perMinute() };
  await deliver();
  const confirmed = { ...(await standing()), check: await perMinute() };
  return { begun, paid, confirmed };
}

async function did(id: string, sent: Parameters<typeof callRoute>[1]) {
  const { status, body } = await callRoute(id, sent);
  if (status >= 300) throw new Error(`${id}: ${status} ${body?.error}`);
  return body;
}
