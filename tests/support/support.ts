import { addStaffWithPassword } from "@/modules/identity";
import {
  addMessage,
  assignTicket,
  closeTicket,
  createCannedReply,
  openTicket,
  uploadAttachment,
} from "@/modules/support";
import type { TicketInput } from "@/modules/support/contract";
import type { Ctx } from "@/platform/context";
import type { Endpoint } from "@/shared/endpoint";
import { randomText } from "@/shared/ids";
import type { StaffRole } from "@/shared/permissions";
import { address } from "./random";
import { customer } from "./world";

const made = ["ticket_id", "attachment_id", "canned_reply_id"];

/** Whether a path's parameter names a thing of the module of support. */
export function isOfSupport(name: string): boolean {
  return made.includes(name);
}

/** A ticket; of a new customer when none is given. */
export async function ticket(
  ctx: Ctx,
  customerId?: string,
  input: Partial<TicketInput> = {},
) {
  const customer_id = customerId ?? (await customer(ctx)).id;
  return openTicket(ctx, {
    ...{ customer_id, subject: "Test", body: "Please help." },
    ...{ priority: "normal", category: "general" },
    ...input,
  });
}

/** The id of a member of staff, who may answer tickets unless a role is given. */
export function agent(ctx: Ctx, role: StaffRole = "support"): Promise<string> {
  const person = { email: address(), full_name: "Ada Agent", role };
  return addStaffWithPassword(ctx, { ...person, password: randomText(20) });
}

/** A file in a message of a ticket. */
async function attachment(ctx: Ctx, customerId: string): Promise<string> {
  const bytes = new TextEncoder().encode("A text.");
  const { id } = await uploadAttachment(ctx, { name: "a.txt" }, bytes);
  const { id: ticketId } = await ticket(ctx, customerId);
  await addMessage(ctx, ticketId, { body: "See there", attachment_ids: [id] });
  return id;
}

// Only tickets of one customer can be merged, and a path's is made before the body that fits it.
let lastCustomer: string | undefined;

/** The id of such a thing, in the state that the endpoint wants. */
export async function supportThing(
  ctx: Ctx,
  name: string,
  customerId: string,
  endpoint?: Endpoint,
): Promise<string> {
  if (name === "attachment_id") return attachment(ctx, customerId);
  if (name === "canned_reply_id")
    return (await createCannedReply(ctx, cannedReply())).id;
  lastCustomer = customerId;
  const { id } = await ticket(ctx, customerId);
  const isOver = ["support.reopen", "support.rate"].includes(
    endpoint?.id ?? "",
  );
  if (isOver) await closeTicket(ctx, id);
  if (endpoint?.id === "support.assign")
    await assignTicket(ctx, id, { assignee_id: await agent(ctx) });
  return id;
}

const cannedReply = () => ({ name: randomText(12), body: "Hello" });

/** What of an endpoint's example must be fresh, or of the same customer as its path. */
export async function supportBody(
  ctx: Ctx,
  { id }: Endpoint,
  customerId = lastCustomer,
): Promise<object> {
  if (id === "support.merge")
    return { into_id: (await ticket(ctx, customerId)).id };
  if (id.startsWith("cannedReplies.")) return cannedReply();
  return {};
}
