import { useDatabase } from "../support/database";
import { world } from "../support/world";
import { selfServe } from "./self-serve-fixture";
import { useStripe } from "./stripe-fixture";

const database = useDatabase();
const stripe = useStripe(database);

test("a stranger registers, chooses a plan and pays by Stripe, with nobody of the team", async () => {
  const seen = await selfServe(await world(), database, {
    provider: "stripe",
    pay: (url) => stripe.people().page(url).pay(),
    deliver: () => stripe.deliver(),
  });
  expect(seen).toEqual({
    begun: {
      ...{ provider: "stripe", status: "incomplete" },
      ...{ has_access: false, progress: "open" },
    },
    // Until Stripe's word has come.
    paid: {
      ...{ status: "incomplete", has_access: false, progress: "open" },
      check: "VALID, 100 a minute",
    },
    confirmed: {
      ...{ status: "active", has_access: true, progress: "done" },
      check: "VALID, 7 a minute",
    },
  });
});
