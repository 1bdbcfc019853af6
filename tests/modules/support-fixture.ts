import { callRoute, type Answer } from "../support/app";
import { world, type World } from "../support/world";

/** Who a test of support speaks as. */
export type Speaker = "staff" | "customer" | "service";

/** What tests of support ask over and over, each test of a customer of its own. */
export function supportFixture() {
  // Safe: all are set before any test runs.
  const held = {} as {
    w: World;
    customer_id: string;
    headers: Record<Speaker, Record<string, string>>;
  };
  beforeAll(async () => {
    held.w = await world();
  });
  beforeEach(async () => {
    const { w } = held;
    const { cookie, customerId } = await w.person("owner");
    const { origin } = w;
    held.customer_id = customerId;
    held.headers = {
      staff: { cookie: await w.staffCookie("support"), origin },
      customer: { cookie, origin },
      service: { authorization: `Bearer ${w.everything}` },
    };
  });
  const ask = (
    who: Speaker,
    call: string,
    params: Record<string, string> = {},
    body?: unknown,
    query: Record<string, string> = {},
  ): Promise<Answer> =>
    callRoute(call, {
      ...{ headers: held.headers[who], params, query },
      ...(body !== undefined && { body }),
    });
  return {
    held,
    ask,
    /** a new ticket of the test's customer, as whoever opens it sees it */
    open: async (body: object = {}, who: Speaker = "customer") => {
      const { customer_id } = held;
      const words = { subject: "It stopped", body: "Since noon." };
      const sent = { customer_id, ...words, ...body };
      return (await ask(who, "support.open", {}, sent)).body;
    },
    /** a verb on a ticket */
    on: (who: Speaker, verb: string, ticket_id: string, body?: unknown) =>
      ask(who, `support.${verb}`, { ticket_id }, body),
    say: (who: Speaker, ticket_id: string, body: string, more: object = {}) =>
      ask(who, "ticketMessages.add", { ticket_id }, { body, ...more }),
    seen: async (who: Speaker, ticket_id: string) =>
      (await ask(who, "support.get", { ticket_id })).body,
  };
}
