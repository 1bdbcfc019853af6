import { addCustomerUser, addStaffWithPassword } from "@/modules/identity";
import {
  addMessage,
  assignTicket,
  changeTicket,
  closeTicket,
  createCannedReply,
  openTicket,
} from "@/modules/support";
import type { TicketInput } from "@/modules/support/contract";
import type { Actor, Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { newId, randomText } from "@/shared/ids";
import type { SeededCustomer } from "./customers";
import { later } from "./later";

/** What is said in a ticket after so many hours; a note stays among staff. */
type Said = [by: "customer" | "us" | "note", hours: number, body: string];

export type SeededTicket = Pick<
  TicketInput,
  "subject" | "category" | "priority" | "body"
> & {
  hoursAgo: number;
  said?: Said[];
  end?: "resolved" | "closed" | "on_hold";
};

const replies = [
  {
    name: "Ask for an example",
    body: "Hello {{customer.name}},\n\nthank you for writing. So that we see what you see, please send us:\n\n- the time of one call that went wrong, with its zone\n- its `x-request-id`\n\n{{agent.name}}",
  },
  {
    name: "Solved?",
    body: "Hello {{customer.name}},\n\ndoes ticket #{{ticket.number}} still trouble you? Answer here, and we go on; else it closes by itself in a few days.\n\n{{agent.name}}, {{company.name}}",
  },
];

/** Somebody who answers tickets, canned replies, and tickets of customers, one each in turn. */
export async function addTickets(
  ctx: Ctx,
  customers: SeededCustomer[],
  tickets: SeededTicket[],
): Promise<void> {
  const agent = await addAgent(ctx);
  for (const reply of replies) await createCannedReply(ctx, reply);
  for (const [i, ticket] of tickets.entries()) {
    const customer = customers[i % customers.length];
    if (customer) await addTicket(ctx, customer, agent, ticket);
  }
}

async function addTicket(
  ctx: Ctx,
  customer: SeededCustomer,
  agent: Actor & { kind: "staff" },
  { hoursAgo, said = [], end, ...words }: SeededTicket,
): Promise<void> {
  const person = await addPerson(ctx, customer);
  const at = (hours: number, actor: Actor): Ctx => ({
    ...later(ctx, (hours - hoursAgo) * 3_600),
    actor,
  });
  const { id } = await openTicket(at(0, person), words);
  if (said.some(([by]) => by !== "customer"))
    await assignTicket(at(0, agent), id, { assignee_id: agent.userId });
  for (const [by, hours, body] of said)
    await addMessage(at(hours, by === "customer" ? person : agent), id, {
      body,
      ...(by === "note" && { is_internal: true }),
    });
  const [, last] = said.at(-1) ?? ["us", 0];
  if (end === "closed") await closeTicket(at(last + 1, person), id);
  else if (end) await changeTicket(at(last + 1, agent), id, { status: end });
}

async function addAgent(ctx: Ctx): Promise<Actor & { kind: "staff" }> {
  const name = "Sasha Support";
  const userId = await addStaffWithPassword(ctx, {
    ...{ email: "sasha@example.com", full_name: name },
    ...{ role: "support", password: randomText(20) },
  });
  return { kind: "staff", role: "support", userId, name, ...signedIn };
}

async function addPerson(
  ctx: Ctx,
  { id: customerId, email, full_name }: SeededCustomer,
): Promise<Actor> {
  const [box = "", host = ""] = email.split("@");
  const userId = await transaction(ctx, (tx) =>
    addCustomerUser(tx, {
      ...{ customerId, email: `${box}.help@${host}`, full_name },
      ...{ role: "member" as const, password: randomText(20) },
    }),
  );
  return {
    ...{ kind: "customer", role: "member", customerId },
    selfService: { off: new Set(), contact: "" },
    ...{ userId, name: full_name, ...signedIn },
  };
}

const signedIn = {
  sessionId: newId("ses"),
  hasTwoFactor: false,
  restriction: null,
};
